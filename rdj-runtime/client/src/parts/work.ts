// Part: files on their way to the server, and lists that grow.

import type { Core } from "../parts";
import { streams } from "./work/streams";
import { uploads } from "./work/uploads";

window.rdj!.part((core: Core) => {
  streams(core);
  uploads(core);
});
