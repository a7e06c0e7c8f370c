/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The map of each track is found in the tree, in the order in which the loader numbers tracks.
 * 2. Each answer that decides becomes an entry of a key, unless the job says it already; one that
 *    contradicts the job is a problem.
 * 3. A tree is as expected where every key of job, releases and tracks is as it was, except that
 *    the lists and maps named have exactly the added entries behind the old ones.
 */
#include "job/expect.h"

#include "job/answers.h"

#include <string.h>

const char *const hs_expect_names[HS_N_EXPECT] = {"heard", "not_heard", "accept"};

/* The track maps in the order in which the loader numbers them. */
static void find_tracks(struct hs_expect *e, size_t n, struct hs_arena *a)
{
    const struct hs_node *releases = hs_tree_get(e->root, "releases");
    e->tracks = HS_ARENA_ARRAY(a, struct hs_expect_track, n + 1);
    for (size_t r = 0; releases && r < releases->n; r++) {
        const struct hs_node *tracks = hs_tree_get(releases->items[r], "tracks");
        for (size_t t = 0; tracks && t < tracks->n && e->n_tracks < n; t++)
            e->tracks[e->n_tracks++].node = tracks->items[t];
    }
}

/* Does the job say this already? */
static bool heard(const struct hs_track *t, const char *note)
{
    for (size_t i = 0; i < t->n_heard; i++)
        if (!strcmp(t->heard[i].note, note))
            return true;
    return false;
}

static bool not_heard(const struct hs_track *t, const char *rule)
{
    for (size_t i = 0; i < t->n_not_heard; i++)
        if (!strcmp(t->not_heard[i], rule))
            return true;
    return false;
}

static bool accepted(const struct hs_track *t, const char *rule)
{
    for (size_t i = 0; i < t->n_accept; i++)
        if (!strcmp(t->accept[i].rule, rule))
            return true;
    return false;
}

/* Whether an earlier answer has added the same word to the key. */
static bool was_added(const struct hs_expect_track *t, enum hs_expect_key key, const char *word)
{
    for (size_t i = 0; i < t->n_added[key]; i++)
        if (!strcmp(t->added[key][i].word, word))
            return true;
    return false;
}

/* An entry joins the list of a key, unless it is there or was added before. */
static void add(struct hs_expect *e, struct hs_expect_track *t, enum hs_expect_key key,
                struct hs_expected_entry entry, bool there, struct hs_arena *a)
{
    if (there || was_added(t, key, entry.word)) {
        e->n_there++;
        return;
    }
    struct hs_expected_entry *all =
        HS_ARENA_ARRAY(a, struct hs_expected_entry, t->n_added[key] + 1);
    if (t->n_added[key])
        memcpy(all, t->added[key], t->n_added[key] * sizeof *all);
    all[t->n_added[key]++] = entry;
    t->added[key] = all;
    e->n_added++;
}

/* The place of an answer is not known any more, so the message names track and rule. */
static void contradicts(struct hs_problems *problems, const struct hs_track *t, const char *rule,
                        const char *said, const char *stands)
{
    hs_problem_add(problems, 0, 0, "found \"%s\" for %s of %s, where the job file says %s", said,
                   rule, t->id, stands);
}

/* One answer as an entry; yes and no of one rule contradict each other. */
static void take(struct hs_expect *e, const struct hs_track *t, const struct hs_said *s,
                 struct hs_arena *a, struct hs_problems *problems)
{
    struct hs_expect_track *x = &e->tracks[s->track];
    const char *rule = s->rule;
    switch (s->reply) {
    case HS_REPLY_YES:
        if (not_heard(t, rule) || was_added(x, HS_EXPECT_NOT_HEARD, rule))
            contradicts(problems, t, rule, "yes", "not_heard");
        add(e, x, HS_EXPECT_HEARD, (struct hs_expected_entry){rule, s->note, false}, heard(t, rule),
            a);
        break;
    case HS_REPLY_NO:
        if (heard(t, rule) || was_added(x, HS_EXPECT_HEARD, rule))
            contradicts(problems, t, rule, "no", "heard");
        add(e, x, HS_EXPECT_NOT_HEARD, (struct hs_expected_entry){rule, NULL, false},
            not_heard(t, rule), a);
        break;
    case HS_REPLY_ON_PURPOSE:
        add(e, x, HS_EXPECT_ACCEPT,
            (struct hs_expected_entry){rule, s->note ? s->note : "on purpose", false},
            accepted(t, rule), a);
        break;
    case HS_REPLY_NONE:
        add(e, x, HS_EXPECT_HEARD,
            rule ? (struct hs_expected_entry){rule, s->note, false}
                 : (struct hs_expected_entry){s->note, NULL, true},
            heard(t, rule ? rule : s->note), a);
        break;
    }
}

void hs_expect_make(struct hs_expect *e, const struct hs_node *root, const struct hs_job *job,
                    const struct hs_said *said, size_t n_said, struct hs_arena *a,
                    struct hs_problems *problems)
{
    *e = (struct hs_expect){.root = root};
    find_tracks(e, job->n_tracks, a);
    for (size_t i = 0; i < n_said; i++) {
        bool later = false, otherwise = false; /* the last word on a finding counts */
        for (size_t k = i + 1; k < n_said && said[i].rule; k++) {
            later |= said[k].rule && said[k].track == said[i].track && said[k].reply &&
                     !strcmp(said[k].rule, said[i].rule);
            otherwise |= hs_answers_contradict(&said[i], &said[k]);
        }
        e->n_contradictions += otherwise;
        if (!later)
            take(e, &job->tracks[said[i].track], &said[i], a, problems);
    }
}

/* Equal text, order and kinds; aliases are compared by what they stand for. */
static bool same_tree(const struct hs_node *a, const struct hs_node *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->n != b->n)
        return false;
    if (a->kind == HS_NODE_TEXT)
        return !strcmp(a->text, b->text) && hs_tree_empty(a) == hs_tree_empty(b);
    for (size_t i = 0; i < a->n; i++) {
        if (a->kind == HS_NODE_MAP && strcmp(a->keys[i]->text, b->keys[i]->text))
            return false;
        if (!same_tree(a->items[i], b->items[i]))
            return false;
    }
    return true;
}

/* Does the item say what was to be added? */
static bool is_entry(const struct hs_node *item, const struct hs_expected_entry *x)
{
    if (!x->words)
        return item->kind == HS_NODE_TEXT && !strcmp(item->text, x->word);
    const struct hs_node *note = hs_tree_get(item, "note"), *words = hs_tree_get(item, "words");
    return item->kind == HS_NODE_MAP && item->n == 2 && note && words &&
           note->kind == HS_NODE_TEXT && words->kind == HS_NODE_TEXT &&
           !strcmp(note->text, x->word) && !strcmp(words->text, x->words);
}

/* The items that a list had, or the one text that stood for it, and then those added. */
static bool is_list(const struct hs_node *old, const struct hs_node *new,
                    const struct hs_expected_entry *added, size_t n)
{
    size_t had = !old || hs_tree_empty(old) ? 0 : old->kind == HS_NODE_TEXT ? 1 : old->n;
    if (!new || new->kind != HS_NODE_LIST || new->n != had + n)
        return false;
    for (size_t i = 0; i < had; i++) {
        const struct hs_node *was = old->kind == HS_NODE_TEXT ? old : old->items[i];
        bool same = old->kind == HS_NODE_TEXT ? new->items[i]->kind == HS_NODE_TEXT &&
                                                    !strcmp(was->text, new->items[i]->text)
                                              : same_tree(was, new->items[i]);
        if (!same)
            return false;
    }
    for (size_t i = 0; i < n; i++)
        if (!is_entry(new->items[had + i], &added[i]))
            return false;
    return true;
}

/* The pairs that a map had, and then those added. */
static bool is_map(const struct hs_node *old, const struct hs_node *new,
                   const struct hs_expected_entry *added, size_t n)
{
    size_t had = !old || hs_tree_empty(old) ? 0 : old->n;
    if (!new || new->kind != HS_NODE_MAP || new->n != had + n)
        return false;
    for (size_t i = 0; i < had; i++)
        if (strcmp(old->keys[i]->text, new->keys[i]->text) ||
            !same_tree(old->items[i], new->items[i]))
            return false;
    for (size_t i = 0; i < n; i++) {
        const struct hs_node *item = new->items[had + i];
        if (strcmp(new->keys[had + i]->text, added[i].word) || item->kind != HS_NODE_TEXT ||
            strcmp(item->text, added[i].words))
            return false;
    }
    return true;
}

/* HS_N_EXPECT: a key that is not edited. */
static enum hs_expect_key key_of(const char *name)
{
    enum hs_expect_key k = 0;
    while (k < HS_N_EXPECT && strcmp(hs_expect_names[k], name))
        k++;
    return k;
}

/* Every key as it was, but for those that were added to; new keys behind. */
static bool is_track(const struct hs_expect_track *t, const struct hs_node *new)
{
    const struct hs_node *old = t->node;
    size_t expected = old->n;
    if (new->kind != HS_NODE_MAP)
        return false;
    for (enum hs_expect_key k = 0; k < HS_N_EXPECT; k++) {
        const struct hs_node *was = hs_tree_get(old, hs_expect_names[k]);
        const struct hs_node *is = hs_tree_get(new, hs_expect_names[k]);
        if (!t->n_added[k])
            continue;
        expected += !was;
        if (!(k == HS_EXPECT_ACCEPT ? is_map : is_list)(was, is, t->added[k], t->n_added[k]))
            return false;
    }
    for (size_t i = 0; i < old->n; i++) {
        enum hs_expect_key k = key_of(old->keys[i]->text);
        if (i >= new->n || strcmp(old->keys[i]->text, new->keys[i]->text))
            return false;
        if ((k == HS_N_EXPECT || !t->n_added[k]) && !same_tree(old->items[i], new->items[i]))
            return false;
    }
    return new->n == expected;
}

/* The expectation of a track map; NULL: it must stay as it is. */
static const struct hs_expect_track *track_of(const struct hs_expect *e, const struct hs_node *node)
{
    for (size_t i = 0; i < e->n_tracks; i++)
        if (e->tracks[i].node == node)
            return &e->tracks[i];
    return NULL;
}

/* A release: all but its tracks as it was, each track as expected. */
static bool is_release(const struct hs_expect *e, const struct hs_node *old,
                       const struct hs_node *new)
{
    if (old->kind != new->kind || old->n != new->n)
        return false;
    for (size_t i = 0; i < old->n; i++) {
        const struct hs_node *was = old->items[i], *is = new->items[i];
        if (strcmp(old->keys[i]->text, new->keys[i]->text))
            return false;
        if (strcmp(old->keys[i]->text, "tracks")) {
            if (!same_tree(was, is))
                return false;
            continue;
        }
        if (was->kind != is->kind || was->n != is->n)
            return false;
        for (size_t t = 0; t < was->n; t++) {
            const struct hs_expect_track *x = track_of(e, was->items[t]);
            if (x ? !is_track(x, is->items[t]) : !same_tree(was->items[t], is->items[t]))
                return false;
        }
    }
    return true;
}

/* Walks over both trees at once: everything outside of the expected additions must be the same. */
bool hs_expect_is(const struct hs_expect *e, const struct hs_node *root)
{
    if (root->kind != HS_NODE_MAP || root->n != e->root->n)
        return false;
    for (size_t i = 0; i < root->n; i++) {
        const struct hs_node *was = e->root->items[i], *is = root->items[i];
        bool releases = !strcmp(e->root->keys[i]->text, "releases");
        if (strcmp(e->root->keys[i]->text, root->keys[i]->text))
            return false;
        if (!releases && !same_tree(was, is))
            return false;
        if (releases && (was->kind != is->kind || was->n != is->n))
            return false;
        for (size_t r = 0; releases && r < was->n; r++)
            if (!is_release(e, was->items[r], is->items[r]))
                return false;
    }
    return true;
}
