## The screen

people-title = Users
people-count =
    { $count ->
        [one] 1 person
       *[other] { $count } people
    }
people-count-invited =
    { $people ->
        [0] , { $invited } invited
        [one] 1 person, { $invited } invited
       *[other] { $people } people, { $invited } invited
    }
people-invite = Invite
people-loading = Loading users…
people-none = Nobody here yet
people-none-text = Invite the people who are to use this workspace.
people-owners-only = Only owners can see the users
people-owners-only-text = Owners invite people, change their roles and remove them.

## The table

people-row = { $name }, { $email }, { $role }, { $state }
people-you = { $name } (you)
people-owner = Owner
people-member = Member
people-invitation-open = Invitation open
people-not-joined = Has not joined yet
people-seen = Seen { $date }
people-never-seen = Never seen
people-never = Never
people-role-of = Role of { $name }
people-own-role = You cannot change your own role. Another owner can.
people-own-removal = You cannot remove yourself. Another owner can.
people-last-owner = A workspace needs an owner.
people-withdraw-name = Withdraw the invitation of { $email }
people-remove-name = Remove { $name }

## The question before somebody is removed

people-withdraw = Withdraw
people-withdraw-question = Withdraw the invitation of { $email }?
people-withdraw-text = Its code stops working.
people-remove = Remove
people-remove-question = Remove { $name }?
people-remove-text = Their sessions end at once. What they made stays in { $workspace }.
people-cancel = Cancel

## The form of an invitation

people-invite-somebody = Invite somebody
people-email = E-mail
people-email-hint = you@company.com
people-role = Role
people-members-may = Members use desktops, tasks, SOPs and skills.
people-owners-may = Owners also manage users, agents and their keys.
people-invite-make = Make the invitation
people-inviting = Inviting…
people-being-invited = The invitation is being made.
people-needs-email = Type a whole e-mail address.

## The code of an invitation

people-invited-title = The invitation is made
people-code-give = Give this code to { $email }; it is shown once.
people-code-until = They type it in at sign-in. It works until { $until }.
people-code-copy = Copy the code
people-code-copied = Copied
people-code-done = Done
