languages-title = Languages
languages-greeting = Hello, { $name }!
languages-steps = { $count ->
    [one] { $count } step
   *[other] { $count } steps
}
