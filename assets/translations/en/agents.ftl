## The list

agents-title = Agents
agents-new = New agent
agents-owners-only = Only owners can change agents.
agents-loading = Loading agents…
agents-none = No agents yet
agents-none-text-owner = An agent works on tasks. It has a model of an LLM provider, and instructions.
agents-none-text-member = An agent works on tasks. An owner of the workspace makes the first one.
agents-first = Make the first agent
agents-row = { $name }, { $provider } { $model }, { $keys }
agents-has-key = Key set
agents-no-key = No key

## One agent

agents-back = Back to the agents
agents-close = Close the agent
agents-edit = Edit
agents-delete = Delete
agents-provider = Provider
agents-model = Model
agents-changed = Last change
agents-instructions = Instructions
agents-no-instructions = There are no instructions.

## Its API keys

agents-keys = API keys
agents-no-key-for = No key for { $provider } yet
agents-key-set = Set a key
agents-key-set-on = Set { $date }
agents-key-row = { $provider } key …{ $end }, Set { $date }
agents-key-remove-named = Remove the { $provider } key
agents-key-replace-named = Replace the { $provider } key

## Questions before something is deleted

agents-delete-agent = Delete agent
agents-delete-question = Delete { $name }?
agents-delete-text = Its tasks become unassigned, and its API keys are deleted. This cannot be undone.
agents-delete-keep = Keep it
agents-key-remove = Remove key
agents-key-remove-question = Remove the { $provider } key?
agents-key-remove-text = { $name } can no longer use { $provider }, until a new key is set.
agents-key-remove-keep = Keep it

## The form of an agent

agents-form-edit = Edit agent
agents-form-name = Name
agents-form-name-hint = Research
agents-form-other = Other
agents-form-other-name = Name of the provider
agents-form-model-hint = Name of the model
agents-form-use-model = Use { $model }
agents-form-instructions-hint = What the agent is told before everything else
agents-form-create = Create agent
agents-form-save = Save
agents-form-saving = Saving…
agents-cancel = Cancel
agents-being-saved = The agent is being saved.
agents-needs-name = An agent needs a name.
agents-needs-provider = An agent needs a provider.
agents-needs-model = An agent needs a model.
agents-instructions-too-long = The instructions are too long.

## The form of an API key

agents-key = API key
agents-key-title = API key for { $name }
agents-key-hint = Paste it here
agents-key-note = Written once, never shown again. The cloud keeps it encrypted.
agents-key-save = Set key
agents-key-writing = Writing…
agents-key-being-written = The key is being written.
agents-key-needs-provider = A key belongs to a provider.
agents-key-needs-key = Paste the key first.
