/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each entry is read with its place, so that a mistake is reported with its line. Entries of
 *    unknown tracks are counted and left out.
 * 2. Entries without a name decide, and those of one listener: the one that the job names, else
 *    the only one that there is. Of several entries about one finding the last one counts.
 * 3. Entries that decide are laid over the tracks: yes joins `heard`, no joins `not_heard`,
 *    on_purpose joins `accept` with its note as reason. What the job says already is not said
 *    twice.
 * 4. A yes and a no about one finding, both in the answers or one of them in the job, are counted,
 *    so that whoever runs the audit is told.
 */
#include "job/answers.h"

#include "job/read_value.h"
#include "job/tree_parse.h"

#include <string.h>

static const struct {
    const char *word;
    enum hs_reply reply;
} replies[] = {{"yes", HS_REPLY_YES},
               {"true", HS_REPLY_YES},
               {"no", HS_REPLY_NO},
               {"false", HS_REPLY_NO},
               {"on_purpose", HS_REPLY_ON_PURPOSE}};

static const struct hs_job_key keys[] = {
    {.name = "listener", .form = "a name"}, {.name = "track", .form = "the id of a track"},
    {.name = "rule", .form = "a rule id"},  {.name = "answer", .form = "yes, no or on_purpose"},
    {.name = "blind", .form = "true"},      {.name = "note", .form = "text"}};
enum { LISTENER, TRACK, RULE, ANSWER, BLIND, NOTE, N_KEYS };

/* The place of the track with this id; the number of tracks where there is none. */
static size_t find_track(const struct hs_load *l, const char *id)
{
    for (size_t i = 0; i < l->job->n_tracks; i++)
        if (!strcmp(l->job->tracks[i].id, id))
            return i;
    return l->job->n_tracks;
}

/* yes, no or on_purpose (true and false count as well); a problem for anything else. */
static bool read_reply(struct hs_load *l, const struct hs_node *value, struct hs_said *out)
{
    if (!value || hs_tree_empty(value))
        return true;
    for (size_t i = 0; value->kind == HS_NODE_TEXT && i < sizeof replies / sizeof *replies; i++)
        if (!strcmp(value->text, replies[i].word)) {
            out->reply = replies[i].reply;
            return true;
        }
    hs_schema_mismatch(l, &keys[ANSWER], value);
    return false;
}

/* Keys that an answer cannot have become problems. */
static void check_keys(struct hs_load *l, const struct hs_node *item)
{
    for (size_t i = 0; i < item->n; i++) {
        bool known = false;
        for (size_t k = 0; k < N_KEYS && !known; k++)
            known = !strcmp(item->keys[i]->text, keys[k].name);
        if (!known)
            hs_problem_add(l->problems, item->keys[i]->line, item->keys[i]->column,
                           "found the unknown key %s in an answer, expected listener, track, rule, "
                           "answer, blind or note",
                           hs_tree_describe(l->problems->arena, item->keys[i]));
    }
}

/* The text of one key of an answer; NULL where it is left out. */
static const char *text_of(struct hs_load *l, const struct hs_node *item, int key)
{
    const struct hs_node *value = hs_tree_get(item, keys[key].name);
    return value ? hs_schema_text(l, &keys[key], value) : NULL;
}

/* False where the entry is of no use; problems tell, or *unknown counts. */
static bool read_entry(struct hs_load *l, const struct hs_node *item, struct hs_said *out,
                       size_t *unknown)
{
    if (item->kind != HS_NODE_MAP) {
        hs_problem_add(l->problems, item->line, item->column,
                       "found %s, expected an answer such as "
                       "{track: ID, rule: bright, answer: yes}",
                       hs_tree_describe(l->problems->arena, item));
        return false;
    }
    check_keys(l, item);
    const struct hs_node *rule = hs_tree_get(item, "rule"), *blind = hs_tree_get(item, "blind");
    const char *track = text_of(l, item, TRACK), *word = blind ? text_of(l, item, BLIND) : NULL;
    *out = (struct hs_said){.listener = text_of(l, item, LISTENER),
                            .rule = text_of(l, item, RULE),
                            .note = text_of(l, item, NOTE),
                            .blind = word && (!strcmp(word, "true") || !strcmp(word, "yes"))};
    if (!read_reply(l, hs_tree_get(item, "answer"), out))
        return false;
    /* an answer names its track; a reply names its rule; a note may stand without one */
    if (!track || (!out->note && !out->reply) || (out->reply && !out->rule)) {
        hs_problem_add(l->problems, item->line, item->column,
                       "found an answer without %s, expected {track: ID, rule: RULE, answer: yes}",
                       !track       ? "a track"
                       : out->reply ? "a rule"
                                    : "answer or note");
        return false;
    }
    if (out->rule && !hs_schema_is_rule(l, rule))
        return false;
    out->track = find_track(l, track);
    *unknown += out->track == l->job->n_tracks;
    return out->track < l->job->n_tracks;
}

/* A file with nothing in it is no answers and no problem. */
void hs_answers_read(struct hs_load *l, const void *data, size_t n, const struct hs_said **said,
                     size_t *n_said, size_t *unknown)
{
    const struct hs_node *root = hs_tree_parse(l->problems->arena, data, n, l->problems);
    *said = NULL;
    *n_said = *unknown = 0;
    if (!root || hs_tree_empty(root))
        return;
    if (root->kind != HS_NODE_LIST) {
        hs_problem_add(l->problems, root->line, root->column,
                       "found %s, expected a list of answers",
                       hs_tree_describe(l->problems->arena, root));
        return;
    }
    struct hs_said *out = HS_ARENA_ARRAY(l->arena, struct hs_said, root->n + 1);
    for (size_t i = 0; i < root->n && !hs_problems_full(l->problems); i++)
        *n_said += read_entry(l, root->items[i], &out[*n_said], unknown);
    *said = out;
}

/* The only listener that there is; NULL where there are several or none. */
static const char *only_listener(const struct hs_job *job)
{
    const char *only = NULL;
    for (size_t i = 0; i < job->n_said; i++) {
        const char *name = job->said[i].listener;
        if (name && only && strcmp(name, only))
            return NULL;
        only = name ? name : only;
    }
    return only;
}

/* Do both speak of one finding? */
static bool same(const struct hs_said *a, const struct hs_said *b)
{
    return a->track == b->track && a->rule && b->rule && !strcmp(a->rule, b->rule);
}

/* Yes here and no there. On purpose contradicts neither. */
bool hs_answers_contradict(const struct hs_said *a, const struct hs_said *b)
{
    return same(a, b) && ((a->reply == HS_REPLY_YES && b->reply == HS_REPLY_NO) ||
                          (a->reply == HS_REPLY_NO && b->reply == HS_REPLY_YES));
}

/* Counts, and keeps the first one for the message. */
static void count_contradiction(struct hs_job *job, const struct hs_track *t, const char *rule)
{
    if (!job->n_contradictions++)
        job->contradiction = hs_arena_printf(&job->arena, "%s of %s", rule, t->id);
}

/* Marks the last entry about each finding by the listener who decides; earlier ones are overruled.
 */
static void mark_deciding(struct hs_job *job, struct hs_said *said)
{
    const char *ear = job->listener ? job->listener : only_listener(job);
    for (size_t i = 0; i < job->n_said; i++) {
        said[i].decides = !said[i].listener || (ear && !strcmp(said[i].listener, ear));
        for (size_t k = i + 1; k < job->n_said && said[i].decides; k++) {
            bool by_ear = !said[k].listener || (ear && !strcmp(said[k].listener, ear));
            if (!by_ear || !said[k].reply || !same(&said[i], &said[k]))
                continue;
            said[i].decides = false; /* taken back, or said again */
            if (hs_answers_contradict(&said[i], &said[k]))
                count_contradiction(job, &job->tracks[said[i].track], said[i].rule);
        }
    }
}

static bool lists(const char *const *list, size_t n, const char *rule)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i], rule))
            return true;
    return false;
}

/* Lists in the job are read-only, so each addition makes a new list in the arena; what is there
 * already is not added. */
static void add_heard(struct hs_arena *a, struct hs_track *t, const char *note, const char *words)
{
    struct hs_heard *all = HS_ARENA_ARRAY(a, struct hs_heard, t->n_heard + 1);
    for (size_t i = 0; i < t->n_heard; i++) {
        all[i] = t->heard[i];
        if (!strcmp(all[i].note, note))
            return;
    }
    all[t->n_heard++] = (struct hs_heard){.note = note, .words = words};
    t->heard = all;
}

static void add_accept(struct hs_arena *a, struct hs_track *t, const struct hs_said *s)
{
    struct hs_accept *all = HS_ARENA_ARRAY(a, struct hs_accept, t->n_accept + 1);
    for (size_t i = 0; i < t->n_accept; i++) {
        all[i] = t->accept[i];
        if (!strcmp(all[i].rule, s->rule))
            return;
    }
    all[t->n_accept++] = (struct hs_accept){s->rule, s->note ? s->note : "on purpose"};
    t->accept = all;
}

static void add_not_heard(struct hs_arena *a, struct hs_track *t, const char *rule)
{
    if (lists(t->not_heard, t->n_not_heard, rule))
        return;
    const char **all = HS_ARENA_ARRAY(a, const char *, t->n_not_heard + 1);
    for (size_t i = 0; i < t->n_not_heard; i++)
        all[i] = t->not_heard[i];
    all[t->n_not_heard++] = rule;
    t->not_heard = all;
}

/* One answer becomes a line of the track, as if the job had said it. */
static void lay_over(struct hs_arena *a, struct hs_track *t, const struct hs_said *s)
{
    switch (s->reply) {
    case HS_REPLY_YES:
        add_heard(a, t, s->rule, s->note);
        break;
    case HS_REPLY_NO:
        add_not_heard(a, t, s->rule);
        break;
    case HS_REPLY_ON_PURPOSE:
        add_accept(a, t, s);
        break;
    case HS_REPLY_NONE:
        if (!s->rule)
            add_heard(a, t, s->note, NULL);
        break;
    }
}

/* What a track is said to have and not to have, wherever each was said. */
static void count_both(struct hs_job *job, const struct hs_track *t)
{
    for (size_t i = 0; i < t->n_heard; i++)
        if (lists(t->not_heard, t->n_not_heard, t->heard[i].note))
            count_contradiction(job, t, t->heard[i].note);
}

/* The loader lays them over after ids are settled, because answers name tracks by id. */
void hs_answers_apply(struct hs_job *job, struct hs_track *tracks)
{
    struct hs_said *said = hs_arena_copy(&job->arena, job->said, job->n_said * sizeof *said);
    mark_deciding(job, said);
    for (size_t i = 0; i < job->n_said; i++)
        if (said[i].decides)
            lay_over(&job->arena, &tracks[said[i].track], &said[i]);
    job->said = said;
    for (size_t i = 0; i < job->n_tracks; i++)
        count_both(job, &tracks[i]);
}
