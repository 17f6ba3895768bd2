## The list

tasks-title = Tasks
tasks-new = New task
tasks-loading = Loading tasks…
tasks-none = No tasks yet
tasks-none-text = A task tells an agent what to do. You see its log while it works, and what came out.
tasks-first = Write the first task
tasks-kept = Kept on this computer; sent when the cloud can be reached.
tasks-row = #{ $number } { $title }, { $state }, { $agent }, by { $creator }, { $changed }
tasks-no-agent = No agent
tasks-unknown-agent = Unknown agent

## The state of a task

tasks-state-queued = Queued
tasks-state-running = Running
tasks-state-waiting = Waiting
tasks-state-done = Done
tasks-state-failed = Failed
tasks-state-cancelled = Cancelled
tasks-state-unknown = Unknown
tasks-running-percent = Running { $percent }%

## Filters: which tasks are shown

tasks-shown-all = All
tasks-shown-open = Open
tasks-shown-running = Running
tasks-shown-waiting = Waiting
tasks-shown-done = Done
tasks-shown-failed = Failed
tasks-search = Search tasks
tasks-search-hint = Title or number
tasks-filter-agent = Agent
tasks-any-agent = Any agent
tasks-everyones = Everyone's
tasks-mine = Mine
tasks-nothing-found = Nothing found
tasks-nothing-found-text = No task is like that.
tasks-show-all = Show all tasks

## One task

tasks-back = Back to the tasks
tasks-close = Close the task
tasks-not-yours = Only who made this task, or an owner, can change it.
tasks-retry = Try again
tasks-assign = Assign
tasks-assign-to = Assign to an agent
tasks-assign-nobody = Nobody
tasks-outcome = Outcome
tasks-why-failed = Why it failed
tasks-agent = Agent
tasks-attempt = Attempt
tasks-created-by = Created by
tasks-created = Created
tasks-changed = Last change
tasks-brief = Brief
tasks-no-brief = There is no brief.

## The question before a task is cancelled

tasks-cancel = Cancel task
tasks-cancel-question = Cancel task #{ $number }?
tasks-cancel-text = “{ $title }” stops. What was done so far stays in its log, and it can be tried again.
tasks-cancel-keep = Let it go on

## The log of a task

tasks-log = Log
tasks-log-lines =
    { $count ->
        [one] 1 line
       *[other] { $count } lines
    }
tasks-log-newest = the newest 20,000 lines
tasks-log-copy = Copy all
tasks-log-copy-name = Copy the whole log
tasks-log-loading = Loading the log…
tasks-log-reload = Load the log again
tasks-log-empty = Nothing yet. Lines appear while an agent works on it.

## The form of a new task

tasks-form-title = Title
tasks-form-title-hint = What is to be done, in a line
tasks-form-brief-hint = What the agent needs to know, and what you want to get
tasks-form-agent = Agent of the task
tasks-no-agent-yet = No agent yet
tasks-create = Create task
tasks-creating = Creating…
tasks-form-cancel = Cancel
tasks-being-sent = The task is being sent.
tasks-needs-title = A task needs a title.
tasks-brief-too-long = The brief is too long.
