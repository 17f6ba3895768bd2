## The screen

people-title = משתמשים
people-count =
    { $count ->
        [one] אדם אחד
        [two] שני אנשים
       *[other] { $count } אנשים
    }
people-count-invited =
    { $people ->
        [0] הזמנות פתוחות: { $invited }
        [one] אדם אחד, הזמנות פתוחות: { $invited }
        [two] שני אנשים, הזמנות פתוחות: { $invited }
       *[other] { $people } אנשים, הזמנות פתוחות: { $invited }
    }
people-invite = הזמנה
people-loading = המשתמשים נטענים…
people-none = עדיין אין כאן איש
people-none-text = הזמינו את האנשים שישתמשו בסביבת העבודה הזאת.
people-owners-only = רק בעלים יכולים לראות את המשתמשים
people-owners-only-text = בעלים מזמינים אנשים, משנים את התפקידים שלהם ומסירים אותם.

## The table

people-row = { $name }, { $email }, { $role }, { $state }
people-you = { $name } (את/ה)
people-owner = בעלים
people-member = חבר
people-invitation-open = הזמנה פתוחה
people-not-joined = עדיין ללא הצטרפות
people-seen = ביקור אחרון: { $date }
people-never-seen = עדיין ללא ביקור
people-never = אף פעם
people-role-of = התפקיד של { $name }
people-own-role = אי אפשר לשנות את התפקיד של עצמכם. בעלים אחרים יכולים.
people-own-removal = אי אפשר להסיר את עצמכם. בעלים אחרים יכולים.
people-last-owner = לסביבת עבודה צריכים להיות בעלים.
people-withdraw-name = ביטול ההזמנה של { $email }
people-remove-name = הסרת { $name }

## The question before somebody is removed

people-withdraw = ביטול ההזמנה
people-withdraw-question = לבטל את ההזמנה של { $email }?
people-withdraw-text = הקוד שלה יפסיק לפעול.
people-remove = הסרה
people-remove-question = להסיר את { $name }?
people-remove-text = כל החיבורים שלהם ינותקו מיד. מה שיצרו יישאר ב-{ $workspace }.
people-cancel = ביטול

## The form of an invitation

people-invite-somebody = להזמין מישהו
people-email = דוא״ל
people-email-hint = you@company.com
people-role = תפקיד
people-members-may = חברים משתמשים בשולחנות עבודה, במשימות, בנהלים ובמיומנויות.
people-owners-may = בעלים גם מנהלים משתמשים, סוכנים ואת המפתחות שלהם.
people-invite-make = יצירת ההזמנה
people-inviting = ההזמנה נוצרת…
people-being-invited = ההזמנה נוצרת כעת.
people-needs-email = הקלידו כתובת דוא״ל מלאה.

## The code of an invitation

people-invited-title = ההזמנה נוצרה
people-code-give = מסרו את הקוד הזה אל { $email }; הוא מוצג פעם אחת.
people-code-until = מקלידים אותו בכניסה. הוא תקף עד { $until }.
people-code-copy = העתקת הקוד
people-code-copied = הועתק
people-code-done = סיום
