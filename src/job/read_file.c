/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file is a name, two names (left, right), a stream of a file, or a track of a cue sheet. Names
 * are joined to the folder `audio:` and looked up on disk, also in the other Unicode form and
 * in an old Latin-1 spelling (job/find.h). A pattern is expanded and sorted; a name that exists is
 * a file even if it looks like a pattern; a pattern without any match stays in the list as a
 * missing file, so that it is told.
 */
#include "job/read_file.h"

#include "core/fs.h"
#include "job/cue.h"
#include "job/find.h"
#include "job/glob.h"
#include "job/read_value.h"

#include <string.h>

/* A text that is not empty. */
static bool is_path(const struct hs_node *value)
{
    return value->kind == HS_NODE_TEXT && *value->text;
}

/* The folder that all paths of files are relative to. It is read before them, because it stands
 * before them in the table. */
HS_READER(hs_read_audio)
{
    bool exists;
    if (hs_tree_empty(value))
        return;
    if (!is_path(value)) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    const char *path = hs_path_join(l->arena, l->folder, value->text);
    ((struct hs_job *)base)->audio_dir = hs_find_file(l->arena, path, &exists);
}

/* An answers file that is named must be there; the default one need not. */
HS_READER(hs_read_answers)
{
    bool exists;
    if (hs_tree_empty(value))
        return;
    if (!is_path(value)) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    const char *path =
        hs_find_file(l->arena, hs_path_join(l->arena, l->folder, value->text), &exists);
    if (!exists)
        hs_problem_add(l->problems, value->line, value->column,
                       "found no file %s, expected the answers given in a report",
                       hs_tree_describe(l->problems->arena, value));
    ((struct hs_job *)base)->answers_path = path;
}

/* One channel or a whole file: *path by look-up. */
static void look_up(struct hs_load *l, const struct hs_node *value, struct hs_source *s,
                    const char **path)
{
    bool exists;
    const char *joined = hs_path_join(l->arena, l->job->audio_dir, value->text);
    *path = hs_find_file(l->arena, joined, &exists);
    s->exists = s->exists && exists;
    s->shown = s->shown ? hs_arena_printf(l->arena, "%s + %s", s->shown, value->text)
                        : hs_arena_strdup(l->arena, value->text);
}

/* One of two files of a discrete pair. */
HS_READER(hs_read_channel)
{
    struct hs_source *s = base;
    if (is_path(value))
        look_up(l, value, s, (const char **)((char *)base + key->offset));
    else
        hs_schema_mismatch(l, key, value);
}

/* The sheet is only opened once the number of the track is known. */
HS_READER(hs_read_cue)
{
    struct hs_file_part *part = base;
    if (!is_path(value)) {
        hs_schema_mismatch(l, key, value);
        return;
    }
    const char *joined = hs_path_join(l->arena, l->job->audio_dir, value->text);
    part->cue = hs_find_file(l->arena, joined, &part->cue_exists);
}

/* Where the track of a cue sheet begins and ends. A sheet that is missing together with its
 * audio is no error: the audio is found missing. */
static void cut_by_cue(struct hs_load *l, const struct hs_node *value, struct hs_file_part *part)
{
    struct hs_cue cue;
    struct hs_error err = {0};
    struct hs_source *s = &part->source;
    if (!part->cue_exists && !s->exists)
        return;
    const struct hs_node *at = hs_tree_get(value, "cue");
    if (hs_cue_load(part->cue, l->arena, &cue, &err) != HS_OK) {
        hs_problem_add(l->problems, at->line, at->column, "found %s (%s), expected a cue sheet",
                       hs_tree_describe(l->problems->arena, at), err.msg);
        return;
    }
    const struct hs_cue_track *t = hs_cue_find(&cue, part->number);
    at = hs_tree_get(value, "number");
    if (!t)
        hs_problem_add(l->problems, at->line, at->column,
                       "found number %d, expected a track of the cue sheet (%d to %d)",
                       part->number, cue.tracks[0].number, cue.tracks[cue.n_tracks - 1].number);
    else if (!hs_cue_names(t, s->path))
        hs_problem_add(l->problems, value->line, value->column,
                       "found the file %s, expected that of track %d in the cue sheet: \"%s\"",
                       hs_tree_describe(l->problems->arena, hs_tree_get(value, "file")), t->number,
                       t->file);
    if (!t)
        return;
    s->from_75 = t->from_75;
    s->to_75 = t->to_75;
    s->emphasised = t->emphasised;
}

/* A stream of a file, or a track of a cue sheet: sheet and number go together. */
static void read_part(struct hs_load *l, const struct hs_node *value, struct hs_source *s)
{
    struct hs_file_part part = {.source = *s};
    hs_schema_read(l, value, HS_IN_FILE, &part);
    *s = part.source;
    if (!part.cue != !part.number)
        hs_problem_add(l->problems, value->line, value->column,
                       "found %s, expected {file: FILE, cue: FILE, number: N}",
                       part.cue ? "cue without number" : "number without cue");
    if (!s->path)
        return;
    if (part.cue && part.number) {
        cut_by_cue(l, value, &part);
        *s = part.source;
        s->shown = hs_cue_shown(l->arena, s->shown, part.number);
    }
    if (s->stream)
        s->shown = hs_arena_printf(l->arena, "%s, stream %d", s->shown, s->stream);
}

/* A file in any of its forms; without a path the source is empty. */
static void read_one(struct hs_load *l, const struct hs_job_key *key, const struct hs_node *value,
                     struct hs_source *s)
{
    *s = (struct hs_source){.exists = true, .line = value->line, .column = value->column};
    if (value->kind == HS_NODE_MAP && hs_tree_get(value, "file"))
        read_part(l, value, s);
    else if (value->kind == HS_NODE_MAP)
        hs_schema_read(l, value, HS_IN_CHANNELS, s);
    else if (is_path(value))
        look_up(l, value, s, &s->path);
    else
        hs_schema_mismatch(l, key, value);
    if (!s->path)
        *s = (struct hs_source){0};
}

/* A file that is left out is an empty source. */
HS_READER(hs_read_source)
{
    struct hs_source *s = (struct hs_source *)((char *)base + key->offset);
    *s = (struct hs_source){0};
    if (!hs_tree_empty(value))
        read_one(l, key, value, s);
}

/* One mix, or several of which the audit finds the right one. */
HS_READER(hs_read_candidates)
{
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    bool list = value->kind == HS_NODE_LIST;
    if (hs_tree_empty(value))
        return;
    size_t n = list ? value->n : 1;
    struct hs_source *mixes = HS_ARENA_ARRAY(l->arena, struct hs_source, n);
    for (size_t i = 0; i < n && !hs_problems_full(l->problems); i++)
        read_one(l, key, list ? value->items[i] : value, &mixes[i]);
    track->mixes = mixes;
    track->n_mixes = n;
}

/* Stems by name of instrument; a list under one name has one key, so that its files are one
 * instrument. */
HS_READER(hs_read_stems)
{
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    if (!hs_schema_is_map(l, key, value))
        return;
    track->n_stems = 0;
    size_t n = 0;
    for (size_t i = 0; i < value->n; i++)
        n += value->items[i]->kind == HS_NODE_LIST ? value->items[i]->n : 1;
    struct hs_stem *stems = HS_ARENA_ARRAY(l->arena, struct hs_stem, n);
    for (size_t i = 0; i < value->n && !hs_problems_full(l->problems); i++) {
        const struct hs_node *item = value->items[i];
        const bool list = item->kind == HS_NODE_LIST;
        const char *role = hs_schema_text(l, key, value->keys[i]);
        for (size_t k = 0; k < (list ? item->n : 1); k++) {
            struct hs_stem *stem = &stems[track->n_stems++];
            stem->role = role ? role : "";
            stem->kind = hs_stem_role_of(stem->role);
            stem->whole_kit = hs_stem_is_whole_kit(stem->role);
            stem->key = (int)i;
            read_one(l, key, list ? item->items[k] : item, &stem->source);
        }
    }
    track->stems = stems;
}

/* Without "mix:" or "master:" the audit finds out which of both it replaces. */
HS_READER(hs_read_update)
{
    struct hs_track *track = &((struct hs_inherited *)base)->track;
    const struct hs_node *mix = hs_tree_get(value, "mix");
    const struct hs_node *master = hs_tree_get(value, "master");
    if (hs_tree_empty(value))
        return;
    if (mix && master) {
        hs_problem_add(l->problems, value->line, value->column,
                       "found mix and master in update, expected one of them");
        return;
    }
    if (mix || master)
        hs_schema_read(l, value, HS_IN_UPDATE, base);
    else
        read_one(l, key, value, &track->update);
    track->update_kind = mix ? HS_UPDATE_MIX : master ? HS_UPDATE_MASTER : HS_UPDATE_UNSAID;
    if (!track->update.path)
        track->update_kind = HS_UPDATE_NONE;
}

struct sources {
    struct hs_source *items;
    size_t n, cap;
};

/* Room for one more source. */
static struct hs_source *add(struct hs_load *l, struct sources *s)
{
    s->items = hs_arena_grow(l->arena, s->items, s->n, &s->cap, sizeof *s->items);
    return &s->items[s->n++];
}

/* A name that exists is a file even where it looks like a pattern ("[live].flac"). A
 * pattern that matches nothing stands in the list as a file that is missing. */
static void read_pattern(struct hs_load *l, const struct hs_job_key *key,
                         const struct hs_node *value, struct sources *out)
{
    struct hs_source alone;
    struct hs_paths found = {0};
    read_one(l, key, value, &alone);
    if (!alone.path)
        return;
    bool whole = !alone.right_path && !alone.from_75 && !alone.to_75;
    bool pattern = !alone.exists && whole && hs_glob_is_pattern(alone.path);
    if (pattern && !hs_glob_files(l->arena, alone.path, &found))
        hs_problem_add(l->problems, value->line, value->column,
                       "found the pattern %s that takes in more than 500000 names, "
                       "expected a closer one",
                       hs_tree_describe(l->problems->arena, value));
    for (size_t i = 0; i < found.n; i++)
        *add(l, out) = (struct hs_source){.path = found.items[i],
                                          .shown = found.items[i],
                                          .stream = alone.stream,
                                          .exists = true};
    if (!found.n)
        *add(l, out) = alone;
}

/* One file or pattern, or a list of them, as one list of files. */
static struct sources read_patterns(struct hs_load *l, const struct hs_job_key *key,
                                    const struct hs_node *value)
{
    struct sources out = {0};
    bool list = value->kind == HS_NODE_LIST;
    size_t n = list ? value->n : !hs_tree_empty(value);
    for (size_t i = 0; i < n && !hs_problems_full(l->problems); i++)
        read_pattern(l, key, list ? value->items[i] : value, &out);
    return out;
}

/* Masters that the tracks are held against. */
HS_READER(hs_read_references)
{
    struct sources s = read_patterns(l, key, value);
    ((struct hs_job *)base)->references = s.items;
    ((struct hs_job *)base)->n_references = s.n;
}

/* Unmastered mixes that the mixes are held against. */
HS_READER(hs_read_mix_references)
{
    struct sources s = read_patterns(l, key, value);
    ((struct hs_job *)base)->mix_references = s.items;
    ((struct hs_job *)base)->n_mix_references = s.n;
}
