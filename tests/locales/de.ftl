languages-title = Sprachen
languages-greeting = Guten Tag, { $name }!
languages-steps = { $count ->
    [one] { $count } Schritt
   *[other] { $count } Schritte
}
