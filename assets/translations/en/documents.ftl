## The lists

documents-title = SOPs and skills
documents-sops = SOPs
documents-skills = Skills
documents-generate-sop = Generate SOP
documents-generate-first-sop = Generate the first SOP
documents-loading-sops = Loading SOPs…
documents-loading-skills = Loading skills…
documents-no-sops = No SOPs yet
documents-no-sops-text = An SOP says step by step how something is done, for people and for agents. Say what it is for, and it is written for you.
documents-no-skills = No skills yet
documents-no-skills-text = A skill is what an agent can do. It is compiled from an SOP: open one that is ready, and choose “Compile skill”.
documents-show-sops = Show the SOPs
documents-ready = Ready
documents-being-made = Being made
documents-being-made-now = Being made…
documents-being-made-percent = Being made { $percent }%
documents-failed = Failed
documents-unknown = Unknown

## One of them

documents-sop = SOP
documents-skill = Skill
documents-back-to-sops = Back to the SOPs
documents-back-to-skills = Back to the skills
documents-close-sop = Close the SOP
documents-close-skill = Close the skill
documents-changed = Changed { $when }
documents-compile-skill = Compile skill
documents-being-compiled = A skill is being compiled from it already.
documents-copy-text = Copy text
documents-compiled-from = Compiled from
documents-compiled-from-name = Compiled from { $name }
documents-skill-name = Skill { $name }
documents-deleted-sop = an SOP that was deleted
documents-appears-here = It appears here as soon as it is ready.
documents-not-made = It could not be made.
documents-not-made-next = Delete it, and try again with a clearer goal.
documents-no-text = There is no text.

## Deleting

documents-delete = Delete
documents-delete-question = Delete “{ $name }”?
documents-delete-sop = Delete SOP
documents-delete-sop-text = Skills that were compiled from it stay. This cannot be undone.
documents-delete-skill = Delete skill
documents-delete-skill-text = Agents can no longer do it. This cannot be undone.
documents-keep = Keep it

## A new SOP

documents-generate = Generate
documents-asking = Asking…
documents-cancel = Cancel
documents-name = Name
documents-name-hint = Checking an invoice
documents-goal = Goal
documents-goal-hint = What is to be done, for whom, and what must not be forgotten
documents-written-in-cloud = It is written in the cloud. This takes a minute or two; you can go on working.
documents-sop-asked-for = The SOP is being asked for.
documents-sop-needs-name = An SOP needs a name.
documents-sop-needs-goal = Say what the SOP is for.
documents-goal-too-long = The goal is too long.
