/* SPDX-License-Identifier: Apache-2.0 */
/* Where the job does not say what an update replaces, it is the file that it is closer to in
 * loudness, PLR and crest; a missing old file leaves the other one. */
#include "catalogue/verify_files.h"

#include "catalogue/verify_channel_tone.h"
#include "judge/reading.h"

#include <math.h>
#include <string.h>

/* How unlike two files are in what mastering changes: loudness and crest. */
static double unlike(const struct hs_file *a, const struct hs_file *b)
{
    static const char *const keys[] = {"integrated_lufs", "plr_db", "crest_db"};
    double sum = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        double d = hs_values_or_nan(&a->values, keys[i]) - hs_values_or_nan(&b->values, keys[i]);
        sum += isfinite(d) ? fabs(d) : 0;
    }
    return sum;
}

enum hs_update_kind hs_verify_kind(const struct hs_track_result *t)
{
    if (t->track->update_kind == HS_UPDATE_MIX || t->track->update_kind == HS_UPDATE_MASTER)
        return t->track->update_kind;
    if (t->mix.state != HS_FILE_OK)
        return HS_UPDATE_MASTER;
    if (t->master.state != HS_FILE_OK)
        return HS_UPDATE_MIX;
    return unlike(&t->update, &t->mix) < unlike(&t->update, &t->master) ? HS_UPDATE_MIX
                                                                        : HS_UPDATE_MASTER;
}

const struct hs_file *hs_verify_old(const struct hs_track_result *t, enum hs_update_kind kind)
{
    return kind == HS_UPDATE_MIX ? &t->mix : &t->master;
}

/* A rule on either file, as if it were the track's own. */
struct hs_reading hs_verify_read(const struct hs_rule *rule, const struct hs_audit *audit,
                                 const struct hs_track_result *t, const struct hs_file *file,
                                 enum hs_update_kind kind, struct hs_arena *arena)
{
    struct hs_case c = {.role = kind == HS_UPDATE_MIX ? HS_ROLE_MIX : HS_ROLE_MASTER,
                        .values = &file->values,
                        .file = file,
                        .audit = audit,
                        .arena = arena};
    struct hs_reading r = {.why = "not judged on a mix"};
    if (rule->dimension->beside_others) {
        c.result = t;
        c.release = &audit->job->releases[t->track->release];
        c.updated = file == &t->update;
    }
    if (c.role == HS_ROLE_MASTER || rule->judges_mix)
        hs_rule_read(rule, &c, &r);
    return r;
}

bool hs_verify_is_remixed(const struct hs_verification *v)
{
    for (size_t i = 0; i < v->n_plan; i++)
        if (v->plan[i].where == HS_PLACE_MIX)
            return true;
    return v->kind == HS_UPDATE_MIX;
}

struct hs_track_result hs_verify_both(const struct hs_verification *v)
{
    return (struct hs_track_result){.track = v->track->track,
                                    .master = v->track->update,
                                    .mix = *hs_verify_old(v->track, v->kind),
                                    .pair = v->pair};
}

struct hs_case hs_verify_case(const struct hs_track_result *both, const struct hs_audit *audit,
                              struct hs_arena *arena)
{
    return (struct hs_case){.role = HS_ROLE_MASTER,
                            .values = &both->master.values,
                            .file = &both->master,
                            .result = both,
                            .audit = audit,
                            .arena = arena,
                            .other = "the old file"};
}

/* The same values but for one. */
static struct hs_values without(const struct hs_values *v, const char *key, struct hs_arena *arena)
{
    const struct hs_value *items = hs_values_items(v);
    struct hs_values out = {
        .arena = arena, .items = HS_ARENA_ARRAY(arena, struct hs_value, v->n + 1), .cap = v->n + 1};
    for (unsigned i = 0; i < v->n; i++)
        if (strcmp(items[i].key, key) != 0)
            out.items[out.n++] = items[i];
    return out;
}

/* With the pair of old and new, as if mastering had made the one of the other. */
struct hs_reading hs_verify_read_beside(const struct hs_rule *rule, const struct hs_audit *audit,
                                        const struct hs_verification *v, struct hs_arena *arena)
{
    struct hs_track_result both = hs_verify_both(v);
    const struct hs_case c = hs_verify_case(&both, audit, arena);
    struct hs_reading r = {.judged = false};
    /* what sounds anew in a song that was mixed again may be an instrument that was turned up */
    if (hs_verify_is_remixed(v) && hs_values_get(&v->pair.values, "foreign"))
        both.pair.values = without(&v->pair.values, "foreign", arena);
    /* what mastering had swapped is swapped back, and its filter on one channel is taken off */
    if (hs_values_or_nan(&v->track->pair.values, "swapped") > 0 &&
        hs_values_get(&both.pair.values, "swapped"))
        both.pair.values = without(&both.pair.values, "swapped", arena);
    if (v->kind == HS_UPDATE_MASTER && hs_tone_is_taken_back(v))
        both.pair.values = without(&both.pair.values, "channel_tone_db", arena);
    if (v->kind == HS_UPDATE_MIX && !rule->judges_mix)
        hs_reading_refuse(&r, "not judged on a mix");
    else
        hs_rule_read(rule, &c, &r);
    return r;
}

bool hs_verify_is_planned(const struct hs_verification *v, const char *rule)
{
    for (size_t i = 0; i < v->n_corrections; i++)
        if (!strcmp(v->corrections[i].rule, rule))
            return true;
    return false;
}

bool hs_verify_is_cured(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!strcmp(f->rule, rule) &&
            (f->origin == HS_ORIGIN_CURED || f->origin == HS_ORIGIN_EASED))
            return !f->moved || !f->moved->in_range;
    }
    return false;
}
