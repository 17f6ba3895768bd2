desktops-count =
    { $count ->
        [one] שולחן עבודה אחד
        [two] שני שולחנות עבודה
       *[other] { $count } שולחנות עבודה
    }
