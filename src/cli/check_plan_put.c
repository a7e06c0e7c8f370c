/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For people: tracks by release with the role of each file, then what is missing, what is
 * ambiguous, recording codes that occur twice and several artists in one job. With --quiet only
 * what needs a person is printed. JSON has the same as objects.
 */
#include "cli/check_plan_put.h"

#include "core/stamp.h"
#include "core/text.h"
#include "report/json.h"

/* Nothing for a file that is there; else that it is missing, or why nobody can tell. */
static void put_absence(struct hs_buf *out, const struct hs_source *s)
{
    struct hs_stamp stamp;
    struct hs_error err = {0};
    const char *paths[] = {s->path, s->right_path};
    for (size_t i = 0; i < 2 && !s->exists; i++) {
        if (!paths[i])
            continue;
        enum hs_status status = hs_stamp_read(paths[i], &stamp, &err);
        if (status == HS_E_MISSING)
            hs_buf_puts(out, "  (missing)");
        else if (status == HS_E_IO)
            hs_buf_printf(out, "  (%s)", err.msg);
        if (status != HS_OK)
            return;
    }
}

/* One line: role, path as the job writes it, and whether it is missing. */
static void put_source(struct hs_buf *out, enum hs_plan_role role, const struct hs_source *s)
{
    hs_buf_printf(out, "    %-14s ", hs_plan_role_name(role));
    hs_text_put_plain(out, s->shown);
    put_absence(out, s);
    hs_buf_putc(out, '\n');
}

/* Uses stand in the order of the job, so headings of releases and tracks come where they change. */
static void put_tracks(const struct hs_check_plan *p, struct hs_buf *out)
{
    size_t release = SIZE_MAX;
    for (size_t i = 0; i < p->n_uses; i++) {
        const struct hs_use *u = &p->uses[i];
        const struct hs_track *t = u->track;
        /* the release, where it changes */
        if (t && t->release != release) {
            release = t->release;
            hs_text_put_plain(out, p->job->releases[release].title);
            if (p->job->releases[release].year)
                hs_buf_printf(out, " (%d)", p->job->releases[release].year);
            hs_buf_putc(out, '\n');
        }
        /* the track before its first file; references stand at the end */
        if (t && (!i || u[-1].track != t)) {
            hs_buf_puts(out, "  ");
            hs_text_put_plain(out, t->title);
            hs_buf_printf(out, "  [%s]%s\n", t->id,
                          !t->master.path ? "  unreleased"
                          : t->n_mixes    ? ""
                                          : "  no mix");
        }
        if (!t && (!i || u[-1].track))
            hs_buf_puts(out, "References\n");
        put_source(out, u->role, u->source);
    }
}

/* Each with the line of the job file that names it, as compilers do. */
static void put_missing(const struct hs_check_plan *p, struct hs_buf *out)
{
    if (p->n_missing)
        hs_buf_printf(out, "Missing files: %zu\n", p->n_missing);
    for (size_t i = 0; i < p->n_uses; i++) {
        const struct hs_use *u = &p->uses[i];
        if (u->source->exists)
            continue;
        hs_buf_puts(out, "  ");
        hs_text_put_plain(out, p->job->path);
        hs_buf_printf(out, ":%d:%d: %s ", u->source->line, u->source->column,
                      hs_plan_role_name(u->role));
        hs_text_put_plain(out, u->source->shown);
        put_absence(out, u->source);
        hs_buf_putc(out, '\n');
    }
}

/* Each with the line of the job file and the reasons. */
static void put_ambiguous(const struct hs_check_plan *p, struct hs_buf *out)
{
    if (p->n_ambiguous)
        hs_buf_printf(out, "Ambiguous pairs: %zu\n", p->n_ambiguous);
    for (size_t i = 0; i < p->job->n_tracks; i++) {
        const struct hs_track *t = &p->job->tracks[i];
        if (!p->ambiguous[i])
            continue;
        hs_buf_puts(out, "  ");
        hs_text_put_plain(out, p->job->path);
        hs_buf_printf(out, ":%d:%d: %s: %s\n", t->line, t->column, t->id, p->ambiguous[i]);
    }
}

/* A warning, no fault of the job: codes are typed by hand. */
static void put_isrcs(const struct hs_check_plan *p, struct hs_buf *out)
{
    if (p->n_isrcs)
        hs_buf_printf(out, "One ISRC on different songs: %zu\n", p->n_isrcs);
    for (size_t i = 0; i < p->n_isrcs; i++) {
        const struct hs_shared_isrc *s = &p->isrcs[i];
        hs_buf_puts(out, "  ");
        hs_text_put_plain(out, p->job->path);
        hs_buf_printf(out, ":%d:%d: ", s->tracks[1]->line, s->tracks[1]->column);
        hs_text_put_plain(out, s->isrc);
        for (size_t k = 0; k < s->n_tracks; k++)
            hs_buf_printf(out, "%s%s", k ? ", " : " on ", s->tracks[k]->id);
        hs_buf_putc(out, '\n');
    }
}

/* Several artists in one job: what recurs may be the habit of one of them. */
static void put_artists(const struct hs_check_plan *p, struct hs_buf *out)
{
    enum { SHOWN = 10 };
    if (p->n_artists < 2)
        return;
    hs_buf_printf(out, "%zu artists: ", p->n_artists);
    for (size_t i = 0; i < p->n_artists && i < SHOWN; i++) {
        hs_buf_puts(out, i ? ", " : "");
        hs_text_put_plain(out, p->artists[i].name ? p->artists[i].name : "nobody named");
        hs_buf_printf(out, " (%zu)", p->artists[i].n_tracks);
    }
    hs_buf_puts(out, p->n_artists > SHOWN ? ", ...\n" : "\n");
}

static void count(struct hs_buf *out, size_t n, const char *what)
{
    hs_buf_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

/* `quiet`: only what is wrong. */
void hs_check_plan_put_plain(const struct hs_check_plan *p, bool quiet, struct hs_buf *out)
{
    const struct hs_job *job = p->job;
    if (!quiet) {
        put_tracks(p, out);
        hs_text_put_plain(out, job->artist ? job->artist : job->name);
        hs_buf_puts(out, ": ");
        count(out, job->n_releases, "release");
        hs_buf_puts(out, ", ");
        count(out, job->n_tracks, "track");
        hs_buf_printf(out, ", %zu with a mix, ", p->n_with_mix);
        count(out, job->n_references + job->n_mix_references, "reference");
        hs_buf_putc(out, '\n');
        put_artists(p, out);
    }
    put_missing(p, out);
    put_ambiguous(p, out);
    put_isrcs(p, out);
}

/* A file with its stream and section where the job names them. Sections are in frames of a cue
 * sheet, 75 a second. */
static void json_source(struct hs_json *j, const char *key, const struct hs_source *s,
                        const char *role)
{
    if (!s->path) {
        hs_json_null(j, key);
        return;
    }
    hs_json_object(j, key);
    if (role)
        hs_json_text(j, "role", role);
    hs_json_text(j, "path", s->path);
    if (s->right_path)
        hs_json_text(j, "right_path", s->right_path);
    if (s->stream)
        hs_json_number(j, "stream", s->stream);
    if (s->from_75 || s->to_75)
        hs_json_number(j, "from_s", (double)s->from_75 / 75);
    if (s->to_75)
        hs_json_number(j, "to_s", (double)s->to_75 / 75);
    hs_json_bool(j, "exists", s->exists);
    hs_json_object_end(j);
}

static void json_sources(struct hs_json *j, const char *key, const struct hs_source *s, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++)
        json_source(j, NULL, &s[i], NULL);
    hs_json_array_end(j);
}

/* Every track with its files, and where in the job file it stands. */
static void json_tracks(const struct hs_check_plan *p, struct hs_json *j)
{
    hs_json_array(j, "tracks");
    for (size_t i = 0; i < p->job->n_tracks; i++) {
        const struct hs_track *t = &p->job->tracks[i];
        hs_json_object(j, NULL);
        hs_json_text(j, "id", t->id);
        hs_json_text(j, "title", t->title);
        hs_json_text(j, "release", p->job->releases[t->release].title);
        hs_json_number(j, "line", t->line);
        json_source(j, "master", &t->master, NULL);
        json_sources(j, "mixes", t->mixes, t->n_mixes);
        hs_json_array(j, "stems");
        for (size_t k = 0; k < t->n_stems; k++)
            json_source(j, NULL, &t->stems[k].source, t->stems[k].role);
        hs_json_array_end(j);
        json_source(j, "update", &t->update, NULL);
        hs_json_text(j, "ambiguous", p->ambiguous[i]);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* With line and column of the job file, for editors. */
static void json_missing(const struct hs_check_plan *p, struct hs_json *j)
{
    hs_json_array(j, "missing");
    for (size_t i = 0; i < p->n_uses; i++) {
        const struct hs_use *u = &p->uses[i];
        if (u->source->exists)
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "path", u->source->path);
        hs_json_text(j, "part", hs_plan_role_name(u->role));
        hs_json_text(j, "track", u->track ? u->track->id : NULL);
        hs_json_number(j, "line", u->source->line);
        hs_json_number(j, "column", u->source->column);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* Artists, and codes that stand on different songs. */
static void json_names(const struct hs_check_plan *p, struct hs_json *j)
{
    hs_json_array(j, "artists");
    for (size_t i = 0; i < p->n_artists; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "artist", p->artists[i].name);
        hs_json_number(j, "tracks", (double)p->artists[i].n_tracks);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
    hs_json_array(j, "shared_isrc");
    for (size_t i = 0; i < p->n_isrcs; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "isrc", p->isrcs[i].isrc);
        hs_json_array(j, "tracks");
        for (size_t k = 0; k < p->isrcs[i].n_tracks; k++)
            hs_json_text(j, NULL, p->isrcs[i].tracks[k]->id);
        hs_json_array_end(j);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* The whole plan as one object, for scripts. */
void hs_check_plan_put_json(const struct hs_check_plan *p, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    hs_json_object(&j, NULL);
    hs_json_text(&j, "job", p->job->path);
    hs_json_text(&j, "artist", p->job->artist);
    hs_json_number(&j, "releases", (double)p->job->n_releases);
    json_tracks(p, &j);
    json_sources(&j, "references", p->job->references, p->job->n_references);
    json_sources(&j, "mix_references", p->job->mix_references, p->job->n_mix_references);
    json_missing(p, &j);
    json_names(p, &j);
    hs_json_array(&j, "ambiguous");
    for (size_t i = 0; i < p->job->n_tracks; i++) {
        if (!p->ambiguous[i])
            continue;
        hs_json_object(&j, NULL);
        hs_json_text(&j, "track", p->job->tracks[i].id);
        hs_json_text(&j, "why", p->ambiguous[i]);
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_json_object_end(&j);
    hs_buf_putc(out, '\n');
}
