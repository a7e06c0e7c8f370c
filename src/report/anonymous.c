/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Tracks and releases get numbers ("Song 3", "Record 1"). Engineers, studios, listeners and
 *    genres get letters in the order in which they are met, so that one person has one new name
 *    everywhere.
 * 2. Files keep their paths, because clips are still cut from them; only the name that is shown
 *    changes ("master of song 3").
 * 3. Free words (reasons, notes, ISRC, labels, barcodes, error texts) are emptied or replaced,
 *    because they may hold names. Ids of rules and years stay.
 * 4. Levels of associations and groups take the new name of the person or room that they name; a
 *    level that is neither a name nor a year is taken for a genre. Groups by artist are dropped,
 *    since their number alone would tell who it is.
 * 5. Stems are named by what they are, before results are made; why one cannot be read is left out.
 * 6. Habits of an engineer keep their numbers and lose their sentences, which contain the name.
 */
#include "report/anonymous.h"

#include "catalogue/shortlist.h"

#include <string.h>

/* Names in the order in which they were met; the place makes the new one. */
struct names {
    const char **old;
    size_t n, cap;
    const char *kind; /* "engineer" */
};

struct work {
    struct hs_arena *arena;
    struct names engineers, studios, listeners, genres;
};

/* The new name of `old`: the first 26 get a letter ("Engineer A"), later ones a number. A name that
 * was met before gives the same answer, so one person has one name in the whole report. */
static const char *renamed(struct work *w, struct names *names, const char *old)
{
    size_t i = 0;
    if (!old)
        return NULL;
    while (i < names->n && strcmp(names->old[i], old))
        i++;
    if (i == names->n) {
        names->old = hs_arena_grow(w->arena, names->old, names->n, &names->cap, sizeof *names->old);
        names->old[names->n++] = old;
    }
    return i < 26 ? hs_arena_printf(w->arena, "%s %c", names->kind, (char)('A' + i))
                  : hs_arena_printf(w->arena, "%s %zu", names->kind, i + 1);
}

/* The path itself stays: the audio is still to be read. */
static void rename_source(struct work *w, const struct hs_source *source, const char *what,
                          size_t number)
{
    struct hs_source *s = (struct hs_source *)source;
    if (s && s->path)
        s->shown = hs_arena_printf(w->arena, "%s of song %zu", what, number);
}

static void rename_file(struct work *w, struct hs_file *f, const char *what, size_t number)
{
    rename_source(w, f->source, what, number);
    if (f->error)
        f->error = "could not be read";
}

/* Free words may hold names; the ids of rules do not. */
static void drop_words(struct hs_track *t)
{
    struct hs_accept *accept = (struct hs_accept *)t->accept;
    for (size_t i = 0; i < t->n_accept; i++)
        accept[i].why = "on purpose";
}

/* All that a job says of a track and that could name it: titles, codes, people, files. */
static void rename_track(struct work *w, struct hs_track *t, size_t number)
{
    t->id = hs_arena_printf(w->arena, "song-%zu", number);
    t->title = hs_arena_printf(w->arena, "Song %zu", number);
    t->version_title = t->isrc = t->label = t->barcode = t->artist = NULL;
    t->mixed_by = renamed(w, &w->engineers, t->mixed_by);
    t->mastered_by = renamed(w, &w->engineers, t->mastered_by);
    t->studio = renamed(w, &w->studios, t->studio);
    rename_source(w, &t->master, "master", number);
    for (size_t i = 0; i < t->n_mixes; i++)
        rename_source(w, &t->mixes[i], "mix", number);
    for (size_t i = 0; i < t->n_stems; i++)
        rename_source(w, &t->stems[i].source, "stem", number);
    rename_source(w, &t->update, "update", number);
    drop_words(t);
}

/* How many keys of the track stand before that of stem `at` and hold the same instrument. */
static size_t keys_before(const struct hs_track *t, size_t at)
{
    size_t n = 0;
    for (size_t i = 0; i < at; i++)
        n += t->stems[i].kind == t->stems[at].kind && t->stems[i].key != t->stems[at].key &&
             (!i || t->stems[i - 1].key != t->stems[i].key);
    return n;
}

void hs_anonymous_stems(struct hs_job *job, struct hs_arena *arena)
{
    for (size_t k = 0; k < job->n_tracks; k++) {
        const struct hs_track *t = &job->tracks[k];
        for (size_t i = 0; i < t->n_stems; i++) {
            struct hs_stem *stem = (struct hs_stem *)&t->stems[i];
            const char *name = hs_stem_role_name(stem->kind);
            size_t before = keys_before(t, i);
            stem->role = before ? hs_arena_printf(arena, "%s %zu", name, before + 1) : name;
            stem->source.shown = stem->role; /* it stands in reasons why a stem is not judged */
        }
    }
}

/* The reason why a stem cannot be read may hold its path. */
static void forget_reasons(const struct hs_track_result *t, const struct hs_instruments *found)
{
    for (size_t i = 0; found && i < found->n; i++) {
        struct hs_instrument *in = (struct hs_instrument *)&found->items[i];
        for (size_t k = 0; in->why && k < t->track->n_stems; k++)
            if (t->stems[k].error && strstr(in->why, t->stems[k].error))
                in->why = "a part of it could not be read";
    }
}

/* Findings and ear notes keep their rules and numbers. A note that names a rule becomes the rule's
 * id. */
static void rename_result(struct work *w, struct hs_track_result *t, size_t number)
{
    rename_file(w, &t->master, "master", number);
    rename_file(w, &t->mix, "mix", number);
    rename_file(w, &t->update, "update", number);
    forget_reasons(t, t->mix.instruments);
    forget_reasons(t, t->master.instruments);
    for (size_t i = 0; i < t->track->n_stems; i++)
        rename_file(w, &t->stems[i], "stem", number);
    for (size_t i = 0; i < t->n_findings; i++)
        if (t->findings[i].accepted_why)
            t->findings[i].accepted_why = "on purpose";
    for (size_t i = 0; i < t->n_ticks; i++)
        if (t->ticks[i].note)
            t->ticks[i].note = t->ticks[i].rule ? t->ticks[i].rule : "a note";
}

/* Levels of factors are names of people and rooms, but for the years. */
static const char *level_renamed(struct work *w, const char *level)
{
    struct names *lists[] = {&w->engineers, &w->studios};
    for (size_t k = 0; k < 2; k++)
        for (size_t n = 0; n < lists[k]->n; n++)
            if (level && !strcmp(lists[k]->old[n], level))
                return renamed(w, lists[k], level);
    bool number = level && strspn(level, "0123456789-") == strlen(level);
    return number ? level : renamed(w, &w->genres, level);
}

static void rename_levels(struct work *w, struct hs_recurrence *r)
{
    for (size_t i = 0; i < r->n_associations; i++)
        r->associations[i].level = level_renamed(w, r->associations[i].level);
    r->since.level = level_renamed(w, r->since.level);
    for (size_t i = 0; i < r->n_rows; i++)
        r->rows[i]->since.level = level_renamed(w, r->rows[i]->since.level);
}

/* Groups of engineers and studios get new names; artists are left out: their number tells enough.
 */
static void rename_groups(struct work *w, struct hs_recurrence *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_groups; i++) {
        struct hs_group g = r->groups[i];
        if (g.by == HS_BY_ARTIST)
            continue;
        g.name = renamed(w, g.by == HS_BY_STUDIO ? &w->studios : &w->engineers, g.name);
        r->groups[n++] = g;
    }
    r->n_groups = n;
}

/* Sentences that name engineers go: all of an engineer's own, and where engineers differ. */
static void rename_habits(struct work *w, struct hs_habits *h, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool named = h[i].engineer != NULL;
        if (named)
            h[i].engineer = renamed(w, &w->engineers, h[i].engineer);
        for (size_t z = 0; z < HS_ZONES; z++) {
            named = named || h[i].by_whom[z];
            h[i].by_whom[z] = NULL;
        }
        if (named)
            h[i].n_words = 0;
        for (size_t c = 0; h[i].change && c < HS_ZONE_CHANGES; c++)
            h[i].change[c].level = level_renamed(w, h[i].change[c].level);
    }
}

/* Years stay, because trends and change points are read against them. */
static void rename_release(struct work *w, struct hs_release *r, size_t number)
{
    r->title = hs_arena_printf(w->arena, "Record %zu", number);
    r->catalogue_number = r->label = r->barcode = NULL;
    r->studio = renamed(w, &w->studios, r->studio);
}

/* Tracks before recurrence and habits: engineers and studios get their letters in the order of the
 * tracks, and what is renamed later finds them already known. */
void hs_audit_anonymise(struct hs_audit *audit)
{
    struct hs_job *job = (struct hs_job *)audit->job;
    struct work w = {.arena = &audit->arena,
                     .engineers.kind = "Engineer",
                     .studios.kind = "Studio",
                     .listeners.kind = "Listener",
                     .genres.kind = "Level"};
    /* names first, then all that repeats them */
    job->artist = "Anonymous";
    job->name = "anonymous";
    for (size_t i = 0; i < job->n_tracks; i++) {
        rename_track(&w, (struct hs_track *)&job->tracks[i], i + 1);
        rename_result(&w, &audit->tracks[i], i + 1);
    }
    for (size_t i = 0; i < job->n_releases; i++)
        rename_release(&w, (struct hs_release *)&job->releases[i], i + 1);
    for (size_t i = 0; i < audit->n_recurring; i++) {
        rename_levels(&w, &audit->recurring[i]);
        rename_groups(&w, &audit->recurring[i]);
    }
    rename_habits(&w, audit->mastering, audit->n_mastering);
    rename_habits(&w, audit->mixing, audit->n_mixing);
    rename_habits(&w, audit->masters, audit->masters != NULL);
    /* what listeners said keeps its answer and loses its note */
    for (size_t i = 0; i < job->n_said; i++) {
        struct hs_said *s = (struct hs_said *)&job->said[i];
        s->listener = renamed(&w, &w.listeners, s->listener);
        s->note = NULL;
    }
    for (size_t i = 0; i < audit->n_trust; i++)
        audit->trust[i].listener = renamed(&w, &w.listeners, audit->trust[i].listener);
    /* paths stand in these */
    audit->unfinished = NULL;
    audit->n_unfinished = 0;
    audit->anonymous = true;
    /* titles stand in the reasons of the short list and of the releases */
    hs_shortlist_make(audit);
}
