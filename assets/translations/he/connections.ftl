## The page

connections-title = רשת
connections-subtitle = כל החיבורים של היישום הזה, וכל החיבורים שהוא עשוי ליצור.
connections-tab-log = יומן
connections-tab-inventory = לאן MultiClaw מתחבר

## The log

connections-time = שעה
connections-purpose = מטרה
connections-destination = יעד
connections-proxy = שרת proxy
connections-result = תוצאה
connections-bytes = בייטים
connections-none = עדיין אין חיבורים
connections-none-text = ברגע ש-MultiClaw יתחבר למשהו, זה יופיע כאן.
connections-nothing = לא נמצא דבר
connections-nothing-text = אין חיבור מתאים. שנו את הסינון כדי לראות אחרים.
connections-filter = סינון היומן
connections-refused-only = רק מה שסורב
connections-copy = העתקה
connections-copy-hint = מעתיק את הרשימה כטקסט.
connections-when-and-where = { $when } אל { $destination }
connections-through = דרך { $proxy }

## All there may be

connections-loading = בטעינה…
connections-takes-a-moment = זה אורך רגע.
connections-switched-off = כבוי
connections-last = לאחרונה:
connections-never = אף פעם
connections-when = מתי
connections-sends = שולח
connections-if-blocked = אם חסום
