/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys come from the tables of the analysers and of the pair comparison, so a new measure appears
 * here without a change. Each object ends with "bounds" (errors that are known) and "absent"
 * (reasons). What has a structure of its own is written here: candidates, segments, chain, fades,
 * rides, the curve of a clipper.
 */
#include "report/json_file.h"

#include "core/alloc.h"
#include "measure/analyser.h"
#include "pair/values.h"
#include "report/json.h"
#include "report/json_added.h"
#include "report/json_survival.h"

#include <math.h>

/* The measures of all analysers in the order of their tables; the caller frees the list. */
static const struct hs_measure **file_rows(size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < hs_n_analysers; i++)
        *n += hs_analysers[i]->n_measures;
    const struct hs_measure **rows = HS_NEW_ARRAY(const struct hs_measure *, *n + 1);
    size_t k = 0;
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t m = 0; m < hs_analysers[i]->n_measures; m++)
            rows[k++] = &hs_analysers[i]->measures[m];
    return rows;
}

static const struct hs_measure **pair_rows(size_t *n)
{
    *n = hs_n_pair_measures;
    const struct hs_measure **rows = HS_NEW_ARRAY(const struct hs_measure *, *n + 1);
    for (size_t i = 0; i < *n; i++)
        rows[i] = &hs_pair_measures[i];
    return rows;
}

static const char *source_name(const struct hs_source *source)
{
    if (!source)
        return NULL;
    return source->shown ? source->shown : source->path;
}

/* What people should know of how the file was read. */
static void put_remarks(struct hs_json *j, const struct hs_file *file)
{
    const char *line;
    struct hs_arena a = {0};
    hs_json_array(j, "remarks");
    for (size_t i = 0, n; (line = hs_values_line(&file->values, "remarks", i, &n)); i++)
        hs_json_text(j, NULL, hs_arena_strndup(&a, line, n));
    hs_json_array_end(j);
    hs_arena_free(&a);
}

/* The object of a file, left open, because `measure` adds survival to it. A file that could not be
 * read has null for measures, and its error. */
static void open_file(struct hs_json *j, const char *key, const struct hs_file *file)
{
    hs_json_object(j, key);
    hs_json_text(j, "path", source_name(file->source));
    if (file->source && file->source->right_path)
        hs_json_text(j, "right_path", file->source->right_path);
    hs_json_text(j, "status", hs_file_state_name(file->state));
    hs_json_text(j, "error", file->error);
    put_remarks(j, file);
    if (file->state == HS_FILE_OK) {
        size_t n;
        const struct hs_measure **rows = file_rows(&n);
        hs_json_object(j, "measures");
        hs_json_values(j, &file->values, rows, n);
        hs_json_object_end(j);
        hs_json_remarks(j, &file->values, rows, n);
        hs_free(rows);
    } else {
        hs_json_null(j, "measures");
    }
}

void hs_json_put_file(struct hs_json *j, const char *key, const struct hs_file *file)
{
    if (file->state == HS_FILE_NONE) {
        hs_json_null(j, key);
        return;
    }
    open_file(j, key, file);
    hs_json_object_end(j);
}

/* The mixes that were tried for this master, with the one that was chosen. */
static void put_candidates(struct hs_json *j, const struct hs_pair *pair)
{
    hs_json_array(j, "candidates");
    for (size_t i = 0; i < pair->n_candidates; i++) {
        const struct hs_candidate *c = &pair->candidates[i];
        hs_json_object(j, NULL);
        hs_json_text(j, "path", source_name(c->source));
        hs_json_bool(j, "chosen", i == pair->chosen);
        hs_json_text(j, "status", hs_pair_state_name(c->state));
        hs_json_number(j, "confidence", c->confidence);
        hs_json_number(j, "residual_db", c->residual_db);
        hs_json_text(j, "differs", c->differs);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_segments(struct hs_json *j, const struct hs_pair *pair)
{
    hs_json_array(j, "segments");
    for (size_t i = 0; i < pair->n_segments; i++) {
        const struct hs_segment *s = &pair->segments[i];
        hs_json_numbers(j, NULL, (double[]){s->mix_s, s->master_s, s->len_s}, 3);
    }
    hs_json_array_end(j);
}

/* Devices in the order of the signal: a clipper with the level at which its curve bends, others
 * with the gain reduction that is exceeded for 5 % of the time. */
static void put_chain(struct hs_json *j, const struct hs_pair *pair)
{
    hs_json_array(j, "chain");
    for (size_t i = 0; i < pair->n_chain; i++) {
        const struct hs_device_use *d = &pair->chain[i];
        hs_json_object(j, NULL);
        hs_json_text(j, "kind", hs_device_name(d->kind));
        hs_json_number(j, hs_device_is_curve(d->kind) ? "top_db" : "gr_p95_db", d->db);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_passages(struct hs_json *j, const char *key, const struct hs_passage *p, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++)
        hs_json_numbers(j, NULL, (double[]){p[i].from_s, p[i].to_s}, 2);
    hs_json_array_end(j);
}

/* Up to which frequency mix and master are coherent, the noise below it in dB (both null where it
 * does not stand out), and the encoder's name where the master tells it; null where nothing shows
 * an encoder. */
static void put_encoded(struct hs_json *j, const struct hs_values *v)
{
    double hz = NAN, noise_db = NAN;
    const struct hs_value *by = hs_values_get(v, "encoded.by");
    const char *name = by && by->kind == HS_TEXT ? by->text : NULL;
    const bool found = hs_values_read(v, "encoded.bandwidth_hz", &hz) &&
                       hs_values_read(v, "encoded.noise_db", &noise_db);
    if (!found && !name) {
        hs_json_null(j, "encoded");
        return;
    }
    hs_json_object(j, "encoded");
    hs_json_number(j, "bandwidth_hz", hz);
    hs_json_number(j, "noise_db", noise_db);
    hs_json_text(j, "by", name);
    hs_json_object_end(j);
}

/* [[in, out]], full scale = 1. */
static void put_curve(struct hs_json *j, const struct hs_values *v)
{
    const struct hs_value *c = hs_values_get(v, "curve");
    hs_json_array(j, "curve");
    for (size_t i = 0; c && c->kind == HS_ARRAY && i + 1 < c->n; i += 2)
        hs_json_numbers(j, NULL, (double[]){c->array[i], c->array[i + 1]}, 2);
    hs_json_array_end(j);
}

/* A pair that was not compared has its status and the reason only. */
void hs_json_put_pair(struct hs_json *j, const char *key, const struct hs_pair *pair)
{
    bool compared = pair->state != HS_PAIR_NONE;
    hs_json_object(j, key);
    hs_json_text(j, "status", hs_pair_state_name(pair->state));
    hs_json_number(j, "confidence", compared ? pair->confidence : NAN);
    size_t n;
    const struct hs_measure **rows = pair_rows(&n);
    /* without a comparison only the reason */
    if (compared) {
        hs_json_values(j, &pair->values, rows, n);
        hs_json_text(j, "why", pair->why);
        put_segments(j, pair);
        put_chain(j, pair);
        put_passages(j, "fades", pair->fades, pair->n_fades);
        put_passages(j, "rides", pair->rides, pair->n_rides);
        put_encoded(j, &pair->values);
        put_curve(j, &pair->values);
        hs_json_put_added(j, &pair->values);
        hs_json_remarks(j, &pair->values, rows, n);
    } else {
        hs_json_text(j, "why", pair->why);
    }
    hs_free(rows);
    if (pair->n_candidates > 1)
        put_candidates(j, pair);
    hs_json_object_end(j);
}

void hs_json_file(const struct hs_file *file, struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    hs_json_put_file(&j, NULL, file);
}

void hs_json_file_asked(const struct hs_file *file, unsigned destinations, struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    open_file(&j, NULL, file);
    if (destinations && file->state == HS_FILE_OK)
        hs_json_put_survival_of(&j, file, destinations);
    hs_json_object_end(&j);
}

void hs_json_pair(const struct hs_pair *pair, struct hs_buf *out)
{
    struct hs_json j = {.out = out, .top = true};
    hs_json_put_pair(&j, NULL, pair);
}
