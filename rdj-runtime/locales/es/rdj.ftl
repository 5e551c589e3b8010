# The texts of rdj itself in Spanish.

## Errors of requests and events

rdj-bad-request = No se ha entendido la solicitud.
rdj-unknown-action = Esta acción no existe.
rdj-gone = Esta entrada ya no existe.
rdj-page-gone = Esta página ya no existe.
rdj-no-page = No hay ninguna página en esta dirección.
rdj-wrong-method = Esta dirección no se puede usar de esta manera.
rdj-bad-host = Esta dirección no se atiende aquí.
rdj-page-outdated = Esta página ya no está actualizada. Vuelva a cargarla.
rdj-page-busy = Esta página sigue trabajando. Espere un momento.
rdj-login-required = Inicie sesión, por favor.
rdj-denied = No tiene permiso para hacer esto.
rdj-failed = Se ha producido un error.
rdj-failed-id = { $text } (error { $id })
rdj-address-invalid = La dirección de destino no es válida.
rdj-timeout = El servidor ha tardado demasiado. Inténtelo de nuevo.
rdj-too-much = Son demasiados datos a la vez.
rdj-too-many-requests = Demasiadas solicitudes. Espere un momento.
rdj-refused = El servidor ha rechazado la solicitud.
rdj-csrf-failed = El formulario ya no es válido. Recargue la página e inténtelo de nuevo.
rdj-csrf-cookie = Este sitio necesita una cookie para reconocer sus propios formularios. Permita las cookies de este sitio, recargue la página y envíe de nuevo el formulario.
rdj-csrf-origin = El formulario se ha enviado desde otro sitio. Abra este sitio y envíelo desde aquí.
rdj-session-ended = Su sesión ha terminado durante esta solicitud. Inténtelo de nuevo.

## Pages about errors

rdj-error-400 = Solicitud incorrecta
rdj-error-401 = Es necesario iniciar sesión
rdj-error-403 = Acceso denegado
rdj-error-404 = No encontrado
rdj-error-405 = Método no permitido
rdj-error-409 = Conflicto
rdj-error-413 = Solicitud demasiado grande
rdj-error-422 = Solicitud no procesable
rdj-error-429 = Demasiadas solicitudes
rdj-error-500 = Error interno del servidor

## Values that are not taken

rdj-required = Este campo es obligatorio.
rdj-too-long = { $most ->
    [one] Use como máximo { $most } carácter (ahora { $length }).
   *[other] Use como máximo { $most } caracteres (ahora { $length }).
}
rdj-too-short = { $least ->
    [one] Use al menos { $least } carácter (ahora { $length }).
   *[other] Use al menos { $least } caracteres (ahora { $length }).
}
rdj-choose-one = Elija una de las opciones.
rdj-not-editable = Este campo no se puede editar.
rdj-may-not-change = No tiene permiso para cambiar esto.
rdj-null-characters = No se permiten caracteres nulos.
rdj-enter-yes-no = Elija sí o no.
rdj-enter-integer = Introduzca un número entero.
rdj-enter-integer-between = Introduzca un número entero entre { $min } y { $max }.
rdj-enter-number = Introduzca un número.
rdj-enter-uuid = Introduzca un UUID válido.
rdj-enter-date = Introduzca una fecha válida.
rdj-enter-time = Introduzca una hora válida.
rdj-enter-datetime = Introduzca una fecha y una hora válidas.
rdj-enter-json = Introduzca JSON válido (línea { $line }, columna { $column }).
rdj-too-small = Introduzca un valor mínimo de { $least }.
rdj-too-large = Introduzca un valor máximo de { $most }.
rdj-enter-value = Introduzca un valor válido.
rdj-correct-errors = Corrija los errores siguientes.
rdj-unique = { $label }: este valor ya existe.
rdj-unique-together = { $label }: estos valores ya existen.
rdj-not-allowed = Este valor no está permitido aquí.
rdj-not-allowed-together = Estos valores no están permitidos juntos.
rdj-conflict = Otra persona ha cambiado esta entrada mientras tanto. Sus cambios todavía no se han guardado.
rdj-conflict-field = Campo
rdj-conflict-before = Antes
rdj-conflict-theirs = Ahora
rdj-conflict-yours = Su valor
rdj-keep-mine = Guardar el mío
rdj-take-theirs = Tomar el otro
rdj-field-error = { $label }: { $error }
rdj-conflict-caption = Cambiado por ambos

## Rows

rdj-noun = { $lower }
rdj-not-found = { $label }: no se ha encontrado.
rdj-edited-gone = { $label }: se ha eliminado o ya no tiene acceso. Lo que escribió sigue aquí.
rdj-saved = { $label }: se ha guardado.
rdj-deleted = { $label }: se ha eliminado.
rdj-in-use = { $label }: todavía está en uso y no se puede eliminar.
rdj-delete-along = { $label }: también se eliminaría: { $models }. No tiene permiso para ello.

## Forms

rdj-save = Guardar
rdj-really = ¿Hacer esto de verdad?
rdj-leave = ¿Salir sin guardar? Se perderá lo que ha escrito.
rdj-cancel = Cancelar
rdj-optional = (opcional)
rdj-form-new = Añadir { $noun }
rdj-form-edit = Editar { $noun }
rdj-picker-search = Buscar { $label }
rdj-picker-more = Solo se muestran los primeros { $count }. Busque los demás.
rdj-picker-none = No se encontró nada.
rdj-picker-create = Crear «{ $text }»
rdj-file-stored = Guardado: { $size }.
rdj-file-download = Descargar
rdj-file-remove = Quitar el archivo guardado
rdj-file-too-large = El archivo es demasiado grande: se aceptan como máximo { $most }.
rdj-file-empty = El archivo está vacío.
rdj-file-type = Este tipo de archivo no se acepta. Elija uno de estos tipos: { $types }.
rdj-file-again = Elija el archivo de nuevo: no se guardó.

## Child rows in the form of their parent

rdj-inline-row = { $label } { $number }
rdj-inline-add = Añadir { $noun }
rdj-inline-remove = Quitar
rdj-inline-remove-row = Quitar { $row }
rdj-inline-more = Solo se muestran los primeros { $count }. Los demás no cambian.
rdj-inline-min = { $count ->
    [one] Se necesita al menos { $count } { $noun }.
   *[other] Se necesitan al menos { $count } { $nouns }.
}
rdj-inline-max = { $count ->
    [one] Puede haber como máximo { $count } { $noun }.
   *[other] Puede haber como máximo { $count } { $nouns }.
}
rdj-inline-gone = Otra persona ha eliminado esta entrada. Guarde de nuevo para volver a añadirla, o quítela.
rdj-inline-conflict = Otra persona ha cambiado este valor a «{ $value }». Guarde de nuevo para conservar el suyo.
rdj-inline-used = Esta entrada todavía está en uso y no se puede eliminar.

## Tables

rdj-actions = Acciones
rdj-edit = Editar
rdj-edit-row = Editar { $row }
rdj-delete = Eliminar
rdj-delete-row = Eliminar { $row }
rdj-delete-confirm = ¿Eliminar esta entrada ({ $noun })?
rdj-count = { $count ->
    [one] { $count } { $noun }
   *[other] { $count } { $nouns }
}
rdj-none-yet = Todavía no hay { $nouns }.
rdj-none-found = La búsqueda no ha encontrado { $nouns }.
rdj-yes = Sí
rdj-no = No
rdj-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}

## Pages of a list, search

rdj-pagination = Paginación
rdj-page-of = Página { $page } de { $count }
rdj-page-total = ({ $count } { $nouns })
rdj-previous = Anterior
rdj-next = Siguiente
rdj-search = Buscar

## Filters of a list, actions for selected rows

rdj-filter = Filtrar
rdj-filter-any = Todos
rdj-filter-clear = Quitar filtros
rdj-filter-from = { $label } desde
rdj-filter-to = { $label } hasta
rdj-filter-empty = { $label }: vacío
rdj-page-number = Página { $page }
rdj-first = Primera
rdj-last = Última
rdj-select-row = Seleccionar { $row }
rdj-select-page = Seleccionar todas las filas de esta página
rdj-bulk-action = Acción
rdj-bulk-run = Aplicar
rdj-bulk-selected = Selección: { $count } ({ $nouns })
rdj-bulk-all = { $count ->
    [0] Todo, en todas las páginas ({ $nouns })
   *[other] Todo ({ $count }), en todas las páginas ({ $nouns })
}
rdj-bulk-confirm = ¿Aplicar a la selección ({ $nouns })?
rdj-bulk-question = { $action }: { $selected }
rdj-bulk-deleted = Eliminados: { $count } ({ $nouns }).
rdj-bulk-done = Modificados: { $count } ({ $nouns }).
rdj-bulk-refused = Omitidos: { $count } ({ $nouns }):
rdj-bulk-none = No hay selección ({ $nouns }).
rdj-bulk-progress = Procesados: { $count } de { $total } ({ $nouns })
rdj-bulk-progress-open = Procesados: { $count } ({ $nouns })
rdj-progress = Progreso

## Layout

rdj-skip = Saltar al contenido
rdj-language = Idioma
rdj-language-choose = Cambiar de idioma
rdj-language-unknown = Este idioma no está disponible.
rdj-time-zone-unknown = No se conoce esta zona horaria.

## Texts of the browser's side

rdj-client-lost = Se ha perdido la conexión. Es posible que su última acción también se haya perdido.
rdj-client-offline = Se ha perdido la conexión. Se está intentando de nuevo.
rdj-client-large = Es demasiado grande.
rdj-client-slow = Esto tarda más de lo habitual.
rdj-client-update = Hay una versión nueva.
rdj-client-stuck = Esta página no se puede mostrar en este momento.
rdj-client-draft = Se ha recuperado lo que había escrito. La página ha cambiado desde entonces.
rdj-client-reload = Recargar
rdj-client-dismiss = Cerrar

## Archivos

rdj-upload-too-large = El archivo es demasiado grande: se aceptan como máximo { $most } MB.
rdj-upload-none = Elija un archivo.
rdj-upload-stalled = La subida se canceló porque no llegó nada durante demasiado tiempo.
rdj-upload-too-many = Son demasiados archivos: se aceptan como máximo { $most } a la vez.
rdj-upload-done = Subido.
rdj-upload-stopped = Cancelado.
rdj-upload-leave = Todavía se están subiendo archivos. ¿Salir de la página y cancelarlos?
rdj-too-many-tasks = Esta página tiene demasiadas tareas en curso. Espere a que termine una.
rdj-import-file = Archivo CSV
rdj-import-check = Comprobar el archivo
rdj-import-confirm = Importar
rdj-import-report = Resultado de la comprobación
rdj-import-summary = Nuevas: { $created }. Cambiadas: { $updated }. Sin cambios: { $unchanged }.
rdj-import-done = Importado. Nuevas: { $created }. Cambiadas: { $updated }.
rdj-import-errors = { $count ->
    [one] { $count } error. Corríjalo en el archivo y elíjalo de nuevo.
   *[other] { $count } errores. Corríjalos en el archivo y elíjalo de nuevo.
}
rdj-import-more = { $count ->
    [one] { $count } más no se muestra.
   *[other] { $count } más no se muestran.
}
rdj-import-ignored = Columnas no leídas: { $columns }
rdj-import-line = Línea
rdj-import-field = Campo
rdj-import-error = Error
rdj-import-choose = Elija un archivo.
rdj-import-again = El archivo ya no está: elíjalo de nuevo.
rdj-import-no-text = Esto no es texto en UTF-8.
rdj-import-no-columns = Ninguna columna tiene el nombre de un campo. La primera línea da nombre a las columnas.
rdj-import-twice = La columna { $column } está dos veces.
rdj-import-width = La línea tiene { $found } columnas, y la primera línea tiene { $expected }.
rdj-import-key = Esta no es una clave válida.

## History

rdj-history-open = Historial
rdj-history-close = Cerrar el historial
rdj-history-of = Historial de { $row }
rdj-history-none = Aún no hay nada registrado de esta entrada.
rdj-history-nobody = alguien sin iniciar sesión
rdj-history-create-by = Creado por { $user }
rdj-history-update-by = Modificado por { $user }
rdj-history-delete-by = Eliminado por { $user }
rdj-history-undo-by = Deshecho por { $user }
rdj-history-from-to = de «{ $old }» a «{ $new }»
rdj-history-empty = vacío
rdj-history-changed = modificado
rdj-history-added = añadido: { $rows }
rdj-history-removed = quitado: { $rows }
rdj-history-undo = Deshacer
rdj-history-undo-of = Deshacer el cambio del { $at }
rdj-history-undone = { $label }: el cambio se ha deshecho.
rdj-history-nothing = Ya no hay nada que deshacer.
rdj-history-conflict = Modificado de nuevo desde entonces: { $fields }. No se ha deshecho nada.
rdj-history-taken = No se puede restaurar: hay otra cosa en su lugar, o falta algo que necesita.
rdj-history-incomplete = No se puede restaurar: no se registró todo.
