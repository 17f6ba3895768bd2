## The lists

documents-title = נהלים ומיומנויות
documents-sops = נהלים
documents-skills = מיומנויות
documents-generate-sop = יצירת נוהל
documents-generate-first-sop = יצירת הנוהל הראשון
documents-loading-sops = הנהלים בטעינה…
documents-loading-skills = המיומנויות בטעינה…
documents-no-sops = עדיין אין נהלים
documents-no-sops-text = נוהל מתאר צעד אחר צעד איך עושים משהו, לאנשים ולסוכנים. כתבו למה הוא נועד, והוא ייכתב בשבילכם.
documents-no-skills = עדיין אין מיומנויות
documents-no-skills-text = מיומנות היא מה שסוכן יודע לעשות. היא מופקת מנוהל: פתחו נוהל מוכן ובחרו ״הפקת מיומנות״.
documents-show-sops = הצגת הנהלים
documents-ready = מוכן
documents-being-made = בהכנה
documents-being-made-now = בהכנה…
documents-being-made-percent = בהכנה, { $percent }%
documents-failed = נכשל
documents-unknown = לא ידוע

## One of them

documents-sop = נוהל
documents-skill = מיומנות
documents-back-to-sops = חזרה לנהלים
documents-back-to-skills = חזרה למיומנויות
documents-close-sop = סגירת הנוהל
documents-close-skill = סגירת המיומנות
documents-changed = שינוי אחרון: { $when }
documents-compile-skill = הפקת מיומנות
documents-being-compiled = כבר מופקת ממנו מיומנות.
documents-copy-text = העתקת הטקסט
documents-compiled-from = הופקה מתוך
documents-compiled-from-name = הופקה מתוך { $name }
documents-skill-name = מיומנות { $name }
documents-deleted-sop = נוהל שנמחק
documents-appears-here = זה יופיע כאן ברגע שיהיה מוכן.
documents-not-made = לא ניתן היה להכין את המסמך.
documents-not-made-next = מחקו אותו ונסו שוב עם מטרה ברורה יותר.
documents-no-text = אין טקסט.

## Deleting

documents-delete = מחיקה
documents-delete-question = למחוק את ״{ $name }״?
documents-delete-sop = מחיקת הנוהל
documents-delete-sop-text = מיומנויות שהופקו ממנו יישארו. לא ניתן לבטל פעולה זו.
documents-delete-skill = מחיקת המיומנות
documents-delete-skill-text = סוכנים לא יוכלו עוד לבצע אותה. לא ניתן לבטל פעולה זו.
documents-keep = להשאיר

## A new SOP

documents-generate = יצירה
documents-asking = הבקשה נשלחת…
documents-cancel = ביטול
documents-name = שם
documents-name-hint = בדיקת חשבונית
documents-goal = מטרה
documents-goal-hint = מה צריך לעשות, עבור מי, ומה אסור לשכוח
documents-written-in-cloud = הנוהל נכתב בענן. זה אורך דקה או שתיים; אפשר להמשיך לעבוד.
documents-sop-asked-for = בקשת הנוהל נשלחת כעת.
documents-sop-needs-name = לנוהל דרוש שם.
documents-sop-needs-goal = כתבו למה הנוהל נועד.
documents-goal-too-long = המטרה ארוכה מדי.
