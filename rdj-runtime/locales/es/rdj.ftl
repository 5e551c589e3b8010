# The texts of rdj itself in Spanish.

## Errors of requests and events

rdj-bad-request = No se ha entendido la solicitud.
rdj-unknown-action = Esta acción no existe.
rdj-gone = Esta entrada ya no existe.
rdj-page-gone = Esta página ya no existe.
rdj-page-outdated = Esta página ya no está actualizada. Vuelva a cargarla.
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
rdj-session-unavailable = La sesión no está disponible. Recargue la página.

## Pages about errors

rdj-error-400 = Solicitud incorrecta
rdj-error-401 = Es necesario iniciar sesión
rdj-error-403 = Acceso denegado
rdj-error-404 = No encontrado
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
rdj-enter-email = Introduzca una dirección de correo electrónico válida.
rdj-enter-url = Introduzca una URL válida.
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
rdj-cancel = Cancelar
rdj-optional = (opcional)
rdj-form-new = Añadir { $noun }
rdj-form-edit = Editar { $noun }

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
rdj-bulk-deleted = Eliminados: { $count } ({ $nouns }).
rdj-bulk-done = Modificados: { $count } ({ $nouns }).
rdj-bulk-refused = Omitidos: { $count } ({ $nouns }):
rdj-bulk-none = No hay selección ({ $nouns }).

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
rdj-client-update = Hay una versión nueva.
rdj-client-reload = Recargar
rdj-client-dismiss = Cerrar
