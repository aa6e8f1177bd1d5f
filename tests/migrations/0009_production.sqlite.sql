CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

INSERT INTO alembic_version (version_num) VALUES ('0009');

CREATE TABLE absences (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    source TEXT NOT NULL,
    starts_at DATETIME NOT NULL,
    ends_at DATETIME NOT NULL,
    CONSTRAINT pk_absences PRIMARY KEY (team_id, user_id, source, starts_at, ends_at)
);

CREATE INDEX ix_absences_team_id_ends_at ON absences (team_id, ends_at);

INSERT INTO absences (team_id, user_id, source, starts_at, ends_at) VALUES ('something', 'something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE ask_joins (
    team_id TEXT NOT NULL,
    ask_id INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    joined_at DATETIME NOT NULL,
    CONSTRAINT pk_ask_joins PRIMARY KEY (team_id, ask_id, user_id)
);

INSERT INTO ask_joins (team_id, ask_id, user_id, joined_at) VALUES ('something', 1, 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE asks (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    team TEXT NOT NULL,
    kind TEXT NOT NULL,
    "case" TEXT,
    "by" TEXT NOT NULL,
    line TEXT NOT NULL,
    channel TEXT,
    ts TEXT,
    root_ts TEXT,
    opened_at DATETIME NOT NULL,
    target_s INTEGER NOT NULL,
    owner TEXT,
    steps_done INTEGER DEFAULT 0 NOT NULL,
    snoozed_until DATETIME,
    next_nudge_at DATETIME,
    nudged_at DATETIME,
    ended_at DATETIME,
    ended_user TEXT,
    outcome TEXT,
    answer TEXT,
    answers INTEGER DEFAULT 0 NOT NULL,
    answered_at DATETIME,
    working_s INTEGER,
    CONSTRAINT pk_asks PRIMARY KEY (id)
);

CREATE INDEX ix_asks_answered ON asks (team_id, team, answered_at) WHERE answered_at IS NOT NULL;

CREATE INDEX ix_asks_due ON asks (next_nudge_at) WHERE next_nudge_at IS NOT NULL;

CREATE INDEX ix_asks_team_id_by_opened_at ON asks (team_id, "by", opened_at);

CREATE INDEX ix_asks_team_id_team_opened_at ON asks (team_id, team, opened_at);

INSERT INTO asks (team_id, team, kind, "case", "by", line, channel, ts, root_ts, opened_at, target_s, owner, steps_done, snoozed_until, next_nudge_at, nudged_at, ended_at, ended_user, outcome, answer, answers, answered_at, working_s) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', 1, 'something', 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', 'something', 'something', 1, '2026-03-02 09:30:00.250000', 1);

CREATE TABLE boundaries (
    team_id TEXT NOT NULL,
    ask_id INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    "case" TEXT NOT NULL,
    customer TEXT,
    channel TEXT,
    root_ts TEXT,
    called_at DATETIME NOT NULL,
    breather_until DATETIME,
    check_in_at DATETIME,
    met_channel TEXT,
    met_root_ts TEXT,
    taken_back BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_boundaries PRIMARY KEY (team_id, ask_id)
);

CREATE INDEX ix_boundaries_check_in ON boundaries (check_in_at) WHERE check_in_at IS NOT NULL;

CREATE INDEX ix_boundaries_team_id_breather_until ON boundaries (team_id, breather_until);

CREATE INDEX ix_boundaries_team_id_customer ON boundaries (team_id, customer);

INSERT INTO boundaries (team_id, ask_id, user_id, "case", customer, channel, root_ts, called_at, breather_until, check_in_at, met_channel, met_root_ts, taken_back) VALUES ('something', 1, 'something', 'something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', 'something', 1);

CREATE TABLE channel_questions (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    user_id TEXT,
    came_at DATETIME NOT NULL,
    asked_at DATETIME,
    answered_at DATETIME,
    CONSTRAINT pk_channel_questions PRIMARY KEY (team_id, channel)
);

INSERT INTO channel_questions (team_id, channel, user_id, came_at, asked_at, answered_at) VALUES ('something', 'something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE channels (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    is_private BOOLEAN NOT NULL,
    is_ext_shared BOOLEAN NOT NULL,
    is_pending_ext_shared BOOLEAN NOT NULL,
    is_archived BOOLEAN NOT NULL,
    is_member BOOLEAN NOT NULL,
    invited_by TEXT,
    is_stale BOOLEAN NOT NULL,
    read_at DATETIME,
    members_read_at DATETIME,
    CONSTRAINT pk_channels PRIMARY KEY (team_id, channel)
);

CREATE INDEX ix_channels_channel ON channels (channel);

INSERT INTO channels (team_id, channel, name, is_private, is_ext_shared, is_pending_ext_shared, is_archived, is_member, invited_by, is_stale, read_at, members_read_at) VALUES ('something', 'something', 'something', 1, 1, 1, 1, 1, 'something', 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE conversations (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    root_ts TEXT NOT NULL,
    customer TEXT,
    turn TEXT NOT NULL,
    claimed_by TEXT,
    answered_by TEXT,
    helped_by TEXT,
    new_here BOOLEAN DEFAULT 0 NOT NULL,
    last_ts TEXT NOT NULL,
    in_thread BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_conversations PRIMARY KEY (team_id, root_ts, channel)
);

CREATE INDEX ix_conversations_by_time ON conversations (team_id, channel, last_ts);

CREATE INDEX ix_conversations_team_id_customer_last_ts ON conversations (team_id, customer, last_ts);

CREATE INDEX ix_conversations_waiting ON conversations (team_id, channel, last_ts) WHERE turn = 'ours' AND in_thread = 0;

INSERT INTO conversations (team_id, channel, root_ts, customer, turn, claimed_by, answered_by, helped_by, new_here, last_ts, in_thread) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 'something', 'something', 1, 'something', 1);

CREATE TABLE departures (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    user_id TEXT NOT NULL,
    CONSTRAINT pk_departures PRIMARY KEY (team_id, channel, user_id)
);

INSERT INTO departures (team_id, channel, user_id) VALUES ('something', 'something', 'something');

CREATE TABLE digest_choices (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    mine BOOLEAN DEFAULT 0 NOT NULL,
    managers BOOLEAN DEFAULT 1 NOT NULL,
    weekday INTEGER,
    minute INTEGER,
    CONSTRAINT pk_digest_choices PRIMARY KEY (team_id, user_id)
);

INSERT INTO digest_choices (team_id, user_id, mine, managers, weekday, minute) VALUES ('something', 'something', 1, 1, 1, 1);

CREATE TABLE digest_stories (
    team_id TEXT NOT NULL,
    team TEXT NOT NULL,
    period TEXT NOT NULL,
    kudos_id INTEGER NOT NULL,
    CONSTRAINT pk_digest_stories PRIMARY KEY (team_id, team, period, kudos_id)
);

CREATE INDEX ix_digest_stories_team_id_kudos_id ON digest_stories (team_id, kudos_id);

INSERT INTO digest_stories (team_id, team, period, kudos_id) VALUES ('something', 'something', 'something', 1);

CREATE TABLE erasures (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    asked_at DATETIME NOT NULL,
    CONSTRAINT pk_erasures PRIMARY KEY (team_id, user_id)
);

INSERT INTO erasures (team_id, user_id, asked_at) VALUES ('something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE events (
    team_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    seen_at DATETIME NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (team_id, event_id)
);

CREATE INDEX ix_events_seen_at ON events (seen_at);

INSERT INTO events (team_id, event_id, seen_at) VALUES ('something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE first_runs (
    team_id TEXT NOT NULL,
    user_id TEXT,
    greeted_at DATETIME NOT NULL,
    channel TEXT,
    ts TEXT,
    ended_at DATETIME,
    CONSTRAINT pk_first_runs PRIMARY KEY (team_id)
);

INSERT INTO first_runs (team_id, user_id, greeted_at, channel, ts, ended_at) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', 'something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE gaps (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    root_ts TEXT DEFAULT '' NOT NULL,
    oldest TEXT NOT NULL,
    reached TEXT NOT NULL,
    rank INTEGER NOT NULL,
    part INTEGER NOT NULL,
    is_new BOOLEAN DEFAULT 0 NOT NULL,
    due_at DATETIME NOT NULL,
    tries INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_gaps PRIMARY KEY (id)
);

CREATE INDEX ix_gaps_rank_channel_part_id ON gaps (rank, channel, part, id);

CREATE INDEX ix_gaps_team_id_channel ON gaps (team_id, channel);

INSERT INTO gaps (team_id, channel, root_ts, oldest, reached, rank, part, is_new, due_at, tries) VALUES ('something', 'something', 'something', 'something', 'something', 1, 1, 1, '2026-03-02 09:30:00.250000', 1);

CREATE TABLE homes (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    opened_at DATETIME NOT NULL,
    hash TEXT,
    digest TEXT,
    published INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_homes PRIMARY KEY (team_id, user_id)
);

CREATE INDEX ix_homes_team_id_opened_at ON homes (team_id, opened_at);

INSERT INTO homes (team_id, user_id, opened_at, hash, digest, published) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', 'something', 'something', 1);

CREATE TABLE installations (
    team_id TEXT NOT NULL,
    is_org BOOLEAN DEFAULT 0 NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    enterprise_id TEXT,
    bot_user_id TEXT,
    bot_id TEXT,
    scopes TEXT NOT NULL,
    token TEXT,
    refresh_token TEXT,
    expires_at DATETIME,
    refreshing_until DATETIME,
    trouble TEXT,
    asked_at DATETIME NOT NULL,
    installed_at DATETIME NOT NULL,
    user_id TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_installations PRIMARY KEY (team_id)
);

CREATE INDEX ix_installations_asked_at ON installations (asked_at);

CREATE INDEX ix_installations_expires_at ON installations (expires_at);

INSERT INTO installations (team_id, is_org, name, url, enterprise_id, bot_user_id, bot_id, scopes, token, refresh_token, expires_at, refreshing_until, trouble, asked_at, installed_at, user_id, version) VALUES ('something', 1, 'something', 'something', 'something', 'something', 'something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', 1);

CREATE TABLE kudos (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    giver TEXT NOT NULL,
    behaviours JSON NOT NULL,
    reason TEXT NOT NULL,
    "where" TEXT NOT NULL,
    announce_in TEXT,
    source_channel TEXT,
    source_ts TEXT,
    source_root_ts TEXT,
    created_at DATETIME NOT NULL,
    edited_at DATETIME,
    taken_back_at DATETIME,
    CONSTRAINT pk_kudos PRIMARY KEY (id)
);

CREATE INDEX ix_kudos_source ON kudos (team_id, source_channel, source_ts) WHERE source_ts IS NOT NULL;

CREATE INDEX ix_kudos_team_id_created_at ON kudos (team_id, created_at);

CREATE INDEX ix_kudos_team_id_giver_created_at ON kudos (team_id, giver, created_at);

INSERT INTO kudos (team_id, giver, behaviours, reason, "where", announce_in, source_channel, source_ts, source_root_ts, created_at, edited_at, taken_back_at) VALUES ('something', 'something', '{}', 'something', 'something', 'something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE kudos_asks (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    root_ts TEXT NOT NULL,
    about TEXT NOT NULL,
    emoji TEXT,
    at_ts TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    outcome TEXT,
    settled_at DATETIME,
    kudos_id INTEGER,
    CONSTRAINT pk_kudos_asks PRIMARY KEY (id),
    CONSTRAINT uq_kudos_asks_team_id_channel_ts_user_id_kind UNIQUE (team_id, channel, ts, user_id, kind)
);

CREATE INDEX ix_kudos_asks_kudos ON kudos_asks (kudos_id) WHERE kudos_id IS NOT NULL;

CREATE INDEX ix_kudos_asks_team_id_user_id_created_at ON kudos_asks (team_id, user_id, created_at);

INSERT INTO kudos_asks (team_id, user_id, kind, channel, ts, root_ts, about, emoji, at_ts, created_at, outcome, settled_at, kudos_id) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', 'something', '2026-03-02 09:30:00.250000', 1);

CREATE TABLE kudos_choices (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    announce TEXT NOT NULL,
    keep_thanks BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_kudos_choices PRIMARY KEY (team_id, user_id)
);

INSERT INTO kudos_choices (team_id, user_id, announce, keep_thanks) VALUES ('something', 'something', 'something', 1);

CREATE TABLE kudos_days (
    team_id TEXT NOT NULL,
    giver TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL,
    CONSTRAINT pk_kudos_days PRIMARY KEY (team_id, giver, day)
);

INSERT INTO kudos_days (team_id, giver, day, count) VALUES ('something', 'something', 'something', 1);

CREATE TABLE kudos_pairs (
    team_id TEXT NOT NULL,
    giver TEXT NOT NULL,
    receiver TEXT NOT NULL,
    week TEXT NOT NULL,
    count INTEGER NOT NULL,
    CONSTRAINT pk_kudos_pairs PRIMARY KEY (team_id, giver, receiver, week)
);

INSERT INTO kudos_pairs (team_id, giver, receiver, week, count) VALUES ('something', 'something', 'something', 'something', 1);

CREATE TABLE kudos_posts (
    team_id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    about TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    digest TEXT NOT NULL,
    redrawn INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_kudos_posts PRIMARY KEY (team_id, "key")
);

CREATE INDEX ix_kudos_posts_team_id_about ON kudos_posts (team_id, about);

INSERT INTO kudos_posts (team_id, "key", about, channel, ts, digest, redrawn) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 1);

CREATE TABLE kudos_receivers (
    kudos_id INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    may_announce BOOLEAN,
    hidden_at DATETIME,
    thanked_at DATETIME,
    shown_at DATETIME,
    CONSTRAINT pk_kudos_receivers PRIMARY KEY (kudos_id, user_id)
);

CREATE INDEX ix_kudos_receivers_team_id_user_id_kudos_id ON kudos_receivers (team_id, user_id, kudos_id);

INSERT INTO kudos_receivers (kudos_id, user_id, team_id, place, may_announce, hidden_at, thanked_at, shown_at) VALUES (1, 'something', 'something', 1, 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE leader_choices (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    show_time BOOLEAN NOT NULL,
    CONSTRAINT pk_leader_choices PRIMARY KEY (team_id, user_id)
);

INSERT INTO leader_choices (team_id, user_id, show_time) VALUES ('something', 'something', 1);

CREATE TABLE limits (
    team_id TEXT NOT NULL,
    method TEXT NOT NULL,
    target TEXT NOT NULL,
    until DATETIME NOT NULL,
    CONSTRAINT pk_limits PRIMARY KEY (team_id, method, target)
);

INSERT INTO limits (team_id, method, target, until) VALUES ('something', 'something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE list_news (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    news TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_list_news PRIMARY KEY (id)
);

CREATE INDEX ix_list_news_team_id_user_id ON list_news (team_id, user_id);

INSERT INTO list_news (team_id, user_id, news, at) VALUES ('something', 'something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE listened_channels (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    since DATETIME NOT NULL,
    CONSTRAINT pk_listened_channels PRIMARY KEY (team_id, channel)
);

INSERT INTO listened_channels (team_id, channel, since) VALUES ('something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE listening (
    team_id TEXT NOT NULL,
    heard_until DATETIME,
    away_from DATETIME,
    away_until DATETIME,
    history_free_at DATETIME,
    replies_free_at DATETIME,
    CONSTRAINT pk_listening PRIMARY KEY (team_id)
);

INSERT INTO listening (team_id, heard_until, away_from, away_until, history_free_at, replies_free_at) VALUES ('something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE living_lists (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    channel TEXT,
    ts TEXT,
    number INTEGER DEFAULT 0 NOT NULL,
    edits INTEGER DEFAULT 0 NOT NULL,
    digest TEXT,
    news_at DATETIME,
    ringing_at DATETIME,
    changed_at DATETIME,
    urgent BOOLEAN DEFAULT 0 NOT NULL,
    wanted BOOLEAN DEFAULT 0 NOT NULL,
    sending TEXT,
    drawn_at DATETIME,
    pinged_at DATETIME,
    day TEXT,
    pings INTEGER DEFAULT 0 NOT NULL,
    look_at DATETIME,
    CONSTRAINT pk_living_lists PRIMARY KEY (team_id, user_id)
);

CREATE INDEX ix_living_lists_due ON living_lists (look_at) WHERE look_at IS NOT NULL;

INSERT INTO living_lists (team_id, user_id, channel, ts, number, edits, digest, news_at, ringing_at, changed_at, urgent, wanted, sending, drawn_at, pinged_at, day, pings, look_at) VALUES ('something', 'something', 'something', 'something', 1, 1, 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 1, 1, 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', 1, '2026-03-02 09:30:00.250000');

CREATE TABLE members (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    user_id TEXT NOT NULL,
    CONSTRAINT pk_members PRIMARY KEY (team_id, channel, user_id)
);

INSERT INTO members (team_id, channel, user_id) VALUES ('something', 'something', 'something');

CREATE TABLE moves (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT NOT NULL,
    root_ts TEXT NOT NULL,
    about TEXT NOT NULL,
    needs_reply BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    threaded BOOLEAN NOT NULL,
    leaves TEXT DEFAULT '' NOT NULL,
    closes_after TEXT DEFAULT '' NOT NULL,
    promise TEXT DEFAULT '' NOT NULL,
    routed TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_moves PRIMARY KEY (team_id, ts, channel, kind, user_id)
);

CREATE INDEX ix_moves_team_id_root_ts_channel ON moves (team_id, root_ts, channel);

INSERT INTO moves (team_id, channel, ts, kind, user_id, root_ts, about, needs_reply, reason, threaded, leaves, closes_after, promise, routed) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 'something', 1, 'something', 1, 'something', 'something', 'something', 'something');

CREATE TABLE nudges (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    wait_id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    say TEXT NOT NULL,
    "to" TEXT NOT NULL,
    because TEXT DEFAULT '' NOT NULL,
    channel TEXT,
    ts TEXT,
    created_at DATETIME NOT NULL,
    cleared_at DATETIME,
    post_key TEXT,
    not_needed_at DATETIME,
    CONSTRAINT pk_nudges PRIMARY KEY (id),
    CONSTRAINT uq_nudges_team_id_key UNIQUE (team_id, "key")
);

CREATE INDEX ix_nudges_post ON nudges (team_id, post_key) WHERE post_key IS NOT NULL;

CREATE INDEX ix_nudges_team_id_to_cleared_at ON nudges (team_id, "to", cleared_at);

CREATE INDEX ix_nudges_wait_id ON nudges (wait_id);

INSERT INTO nudges (team_id, wait_id, "key", say, "to", because, channel, ts, created_at, cleared_at, post_key, not_needed_at) VALUES ('something', 1, 'something', 'something', 'something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE oauth_states (
    state TEXT NOT NULL,
    browser TEXT NOT NULL,
    expires_at DATETIME NOT NULL,
    team_id TEXT NOT NULL,
    CONSTRAINT pk_oauth_states PRIMARY KEY (state)
);

CREATE INDEX ix_oauth_states_expires_at ON oauth_states (expires_at);

INSERT INTO oauth_states (state, browser, expires_at, team_id) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', 'something');

CREATE TABLE occurrences (
    team_id TEXT NOT NULL,
    job TEXT NOT NULL,
    whose TEXT NOT NULL,
    period TEXT NOT NULL,
    at DATETIME NOT NULL,
    payload JSON,
    channel TEXT,
    ts TEXT,
    redrawn INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_occurrences PRIMARY KEY (team_id, job, whose, period)
);

INSERT INTO occurrences (team_id, job, whose, period, at, payload, channel, ts, redrawn) VALUES ('something', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', '{}', 'something', 'something', 1);

CREATE TABLE outbox (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    method TEXT NOT NULL,
    target TEXT NOT NULL,
    payload JSON NOT NULL,
    nudge_id INTEGER,
    created_at DATETIME NOT NULL,
    due_at DATETIME,
    leased_until DATETIME,
    attempts INTEGER DEFAULT 0 NOT NULL,
    sent_at DATETIME,
    error TEXT,
    rank INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT uq_outbox_team_id_key UNIQUE (team_id, "key")
);

CREATE INDEX ix_outbox_aside ON outbox (id) WHERE due_at IS NULL AND sent_at IS NULL AND substr(error, 1, 8) <> 'dropped:';

CREATE INDEX ix_outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;

INSERT INTO outbox (team_id, "key", method, target, payload, nudge_id, created_at, due_at, leased_until, attempts, sent_at, error, rank) VALUES ('something', 'something', 'something', 'something', '{}', 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 1, '2026-03-02 09:30:00.250000', 'something', 1);

CREATE TABLE over_channels (
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    since DATETIME NOT NULL,
    CONSTRAINT pk_over_channels PRIMARY KEY (team_id, channel)
);

INSERT INTO over_channels (team_id, channel, since) VALUES ('something', 'something', '2026-03-02 09:30:00.250000');

CREATE TABLE overloads (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    since DATETIME,
    open INTEGER NOT NULL,
    "limit" INTEGER NOT NULL,
    rung_at DATETIME,
    CONSTRAINT pk_overloads PRIMARY KEY (team_id, user_id)
);

INSERT INTO overloads (team_id, user_id, since, open, "limit", rung_at) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', 1, 1, '2026-03-02 09:30:00.250000');

CREATE TABLE people (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    home_team TEXT,
    enterprise_id TEXT,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    is_guest BOOLEAN NOT NULL,
    is_app BOOLEAN NOT NULL,
    is_stranger BOOLEAN NOT NULL,
    is_admin BOOLEAN NOT NULL,
    is_gone BOOLEAN NOT NULL,
    read_at DATETIME NOT NULL,
    dm_channel TEXT,
    status_emoji TEXT DEFAULT '' NOT NULL,
    status_until DATETIME,
    locale TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (team_id, user_id)
);

INSERT INTO people (team_id, user_id, home_team, enterprise_id, name, zone, is_guest, is_app, is_stranger, is_admin, is_gone, read_at, dm_channel, status_emoji, status_until, locale) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 1, 1, 1, 1, 1, '2026-03-02 09:30:00.250000', 'something', 'something', '2026-03-02 09:30:00.250000', 'something');

CREATE TABLE presences (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    mode TEXT DEFAULT 'loud' NOT NULL,
    paused_until DATETIME,
    hours JSON,
    dnd_from DATETIME,
    dnd_until DATETIME,
    dnd_read_at DATETIME,
    noticed TEXT,
    CONSTRAINT pk_presences PRIMARY KEY (team_id, user_id)
);

INSERT INTO presences (team_id, user_id, mode, paused_until, hours, dnd_from, dnd_until, dnd_read_at, noticed) VALUES ('something', 'something', 'something', '2026-03-02 09:30:00.250000', '{}', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something');

CREATE TABLE promises (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    root_ts TEXT NOT NULL,
    ts TEXT NOT NULL,
    "by" TEXT NOT NULL,
    named BOOLEAN NOT NULL,
    due_at DATETIME NOT NULL,
    ended_at DATETIME,
    ended_by TEXT,
    nudged_at DATETIME,
    snoozed_until DATETIME,
    next_nudge_at DATETIME,
    CONSTRAINT pk_promises PRIMARY KEY (id),
    CONSTRAINT uq_promises_team_id_ts_channel UNIQUE (team_id, ts, channel)
);

CREATE INDEX ix_promises_due ON promises (next_nudge_at) WHERE next_nudge_at IS NOT NULL;

CREATE INDEX ix_promises_open ON promises (team_id, "by", due_at) WHERE ended_at IS NULL;

CREATE INDEX ix_promises_team_id_root_ts_channel ON promises (team_id, root_ts, channel);

INSERT INTO promises (team_id, channel, root_ts, ts, "by", named, due_at, ended_at, ended_by, nudged_at, snoozed_until, next_nudge_at) VALUES ('something', 'something', 'something', 'something', 'something', 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE prompt_choices (
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    wanted BOOLEAN DEFAULT 1 NOT NULL,
    weekday INTEGER,
    minute INTEGER,
    CONSTRAINT pk_prompt_choices PRIMARY KEY (team_id, user_id)
);

INSERT INTO prompt_choices (team_id, user_id, wanted, weekday, minute) VALUES ('something', 'something', 1, 1, 1);

CREATE TABLE prompts (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    whose TEXT NOT NULL,
    period TEXT NOT NULL,
    number INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    team TEXT,
    reason JSON,
    told_at DATETIME NOT NULL,
    became TEXT,
    taken_at DATETIME,
    remind_at DATETIME,
    reminders INTEGER DEFAULT 0 NOT NULL,
    shared TEXT,
    outcome TEXT,
    outcome_at DATETIME,
    note TEXT,
    CONSTRAINT pk_prompts PRIMARY KEY (id),
    CONSTRAINT uq_prompts_team_id_whose_period_number UNIQUE (team_id, whose, period, number)
);

CREATE INDEX ix_prompts_team_id_team_taken_at ON prompts (team_id, team, taken_at);

INSERT INTO prompts (team_id, whose, period, number, prompt, team, reason, told_at, became, taken_at, remind_at, reminders, shared, outcome, outcome_at, note) VALUES ('something', 'something', 'something', 1, 'something', 'something', '{}', '2026-03-02 09:30:00.250000', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 1, 'something', 'something', '2026-03-02 09:30:00.250000', 'something');

CREATE TABLE pulse_counts (
    team_id TEXT NOT NULL,
    team TEXT NOT NULL,
    period TEXT NOT NULL,
    step INTEGER NOT NULL,
    count INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT pk_pulse_counts PRIMARY KEY (team_id, team, period, step)
)
 WITHOUT ROWID;

INSERT INTO pulse_counts (team_id, team, period, step, count) VALUES ('something', 'something', 'something', 1, 1);

CREATE TABLE pulse_people (
    team_id TEXT NOT NULL,
    period TEXT NOT NULL,
    user_id TEXT NOT NULL,
    team TEXT NOT NULL,
    done BOOLEAN DEFAULT 0 NOT NULL,
    CONSTRAINT pk_pulse_people PRIMARY KEY (team_id, period, user_id)
)
 WITHOUT ROWID;

INSERT INTO pulse_people (team_id, period, user_id, team, done) VALUES ('something', 'something', 'something', 'something', 1);

CREATE TABLE pulse_rounds (
    team_id TEXT NOT NULL,
    team TEXT NOT NULL,
    period TEXT NOT NULL,
    question TEXT NOT NULL,
    floor INTEGER NOT NULL,
    closes_at DATETIME NOT NULL,
    verdict TEXT,
    CONSTRAINT pk_pulse_rounds PRIMARY KEY (team_id, team, period)
)
 WITHOUT ROWID;

INSERT INTO pulse_rounds (team_id, team, period, question, floor, closes_at, verdict) VALUES ('something', 'something', 'something', 'something', 1, '2026-03-02 09:30:00.250000', 'something');

CREATE TABLE rotas (
    team_id TEXT NOT NULL,
    team TEXT NOT NULL,
    turn INTEGER NOT NULL,
    CONSTRAINT pk_rotas PRIMARY KEY (team_id, team)
);

INSERT INTO rotas (team_id, team, turn) VALUES ('something', 'something', 1);

CREATE TABLE set_aside (
    team_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    reference TEXT NOT NULL,
    error TEXT NOT NULL,
    channel TEXT,
    ts TEXT,
    tries INTEGER NOT NULL,
    first_at DATETIME NOT NULL,
    last_at DATETIME NOT NULL,
    until DATETIME NOT NULL,
    set_aside_at DATETIME,
    CONSTRAINT pk_set_aside PRIMARY KEY (team_id, kind, "key")
);

INSERT INTO set_aside (team_id, kind, "key", reference, error, channel, ts, tries, first_at, last_at, until, set_aside_at) VALUES ('something', 'something', 'something', 'something', 'something', 'something', 'something', 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE setup_changes (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    "by" TEXT,
    at DATETIME NOT NULL,
    "before" JSON NOT NULL,
    "after" JSON NOT NULL,
    sentences JSON NOT NULL,
    undoes INTEGER,
    CONSTRAINT pk_setup_changes PRIMARY KEY (id)
);

CREATE INDEX ix_setup_changes_team_id_at ON setup_changes (team_id, at);

INSERT INTO setup_changes (team_id, "by", at, "before", "after", sentences, undoes) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', '{}', '{}', '{}', 1);

CREATE TABLE setup_drafts (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at DATETIME NOT NULL,
    setup JSON NOT NULL,
    basis TEXT NOT NULL,
    CONSTRAINT pk_setup_drafts PRIMARY KEY (id)
);

CREATE INDEX ix_setup_drafts_at ON setup_drafts (at);

INSERT INTO setup_drafts (team_id, "by", at, setup, basis) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', '{}', 'something');

CREATE TABLE silent_rules (
    team_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    silent_at DATETIME,
    on_again_at DATETIME,
    CONSTRAINT pk_silent_rules PRIMARY KEY (team_id, rule)
);

INSERT INTO silent_rules (team_id, rule, silent_at, on_again_at) VALUES ('something', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE uninstalls (
    team_id TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_uninstalls PRIMARY KEY (team_id)
);

INSERT INTO uninstalls (team_id, at) VALUES ('something', '2026-03-02 09:30:00.250000');

CREATE TABLE unresolved (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    user_id TEXT,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    arrival JSON,
    CONSTRAINT pk_unresolved PRIMARY KEY (id)
);

CREATE INDEX ix_unresolved_team_id_channel_ts ON unresolved (team_id, channel, ts);

CREATE INDEX ix_unresolved_team_id_user_id ON unresolved (team_id, user_id);

INSERT INTO unresolved (team_id, user_id, channel, ts, arrival) VALUES ('something', 'something', 'something', 'something', '{}');

CREATE TABLE user_groups (
    team_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    CONSTRAINT pk_user_groups PRIMARY KEY (team_id, group_id, user_id)
);

INSERT INTO user_groups (team_id, group_id, user_id) VALUES ('something', 'something', 'something');

CREATE TABLE waits (
    id INTEGER NOT NULL,
    team_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    root_ts TEXT NOT NULL,
    from_ts TEXT NOT NULL,
    first BOOLEAN NOT NULL,
    target_s INTEGER NOT NULL,
    started_at DATETIME NOT NULL,
    ended_at DATETIME,
    ended_by TEXT,
    ended_user TEXT,
    team TEXT,
    working_s INTEGER,
    after_hours BOOLEAN,
    last_answer_at DATETIME,
    last_answer_by TEXT,
    owner TEXT,
    covers_for TEXT,
    assigned_at DATETIME,
    because TEXT,
    had_by TEXT DEFAULT '' NOT NULL,
    look_at DATETIME,
    steps_done INTEGER DEFAULT 0 NOT NULL,
    snoozed_until DATETIME,
    pauses TEXT DEFAULT '' NOT NULL,
    paused_until DATETIME,
    next_nudge_at DATETIME,
    CONSTRAINT pk_waits PRIMARY KEY (id),
    CONSTRAINT uq_waits_team_id_root_ts_channel_from_ts UNIQUE (team_id, root_ts, channel, from_ts)
);

CREATE INDEX ix_waits_again ON waits (team_id, team, last_answer_at, started_at, ended_by, last_answer_by) WHERE last_answer_at IS NOT NULL;

CREATE INDEX ix_waits_due ON waits (next_nudge_at) WHERE next_nudge_at IS NOT NULL;

CREATE INDEX ix_waits_ended ON waits (team_id, team, ended_at, ended_by, first, working_s, target_s, after_hours, ended_user, started_at) WHERE ended_at IS NOT NULL;

CREATE INDEX ix_waits_open ON waits (team_id, owner, started_at) WHERE ended_at IS NULL;

INSERT INTO waits (team_id, channel, root_ts, from_ts, first, target_s, started_at, ended_at, ended_by, ended_user, team, working_s, after_hours, last_answer_at, last_answer_by, owner, covers_for, assigned_at, because, had_by, look_at, steps_done, snoozed_until, pauses, paused_until, next_nudge_at) VALUES ('something', 'something', 'something', 'something', 1, 1, '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000', 'something', 'something', 'something', 1, 1, '2026-03-02 09:30:00.250000', 'something', 'something', 'something', '2026-03-02 09:30:00.250000', 'something', 'something', '2026-03-02 09:30:00.250000', 1, '2026-03-02 09:30:00.250000', 'something', '2026-03-02 09:30:00.250000', '2026-03-02 09:30:00.250000');

CREATE TABLE workspaces (
    team_id TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    enterprise_id TEXT,
    bot_user_id TEXT,
    bot_id TEXT,
    setup JSON NOT NULL,
    setup_version INTEGER NOT NULL,
    CONSTRAINT pk_workspaces PRIMARY KEY (team_id)
);

INSERT INTO workspaces (team_id, name, url, enterprise_id, bot_user_id, bot_id, setup, setup_version) VALUES ('something', 'something', 'something', 'something', 'something', 'something', '{}', 1);
