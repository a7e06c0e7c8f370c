/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Music that is missing, by who knows of it: the reader of the file, the file itself, or the pair.
 */
#include "judge/damaged.h"

#include "judge/correct.h"
#include "judge/one_side.h"
#include "judge/pair_faults.h"
#include "judge/passages.h"
#include "judge/reading.h"
#include "judge/scale.h"

#include <math.h>

/* Silence that the file itself shows to be no rest: the wave is cut through at both ends. Where
 * that happens often it is an effect. */
static double dropped_out_s(const struct hs_case *c)
{
    const double most = 24;
    double n, seconds;
    if (!hs_values_read(c->values, "dropouts", &n) || n > most ||
        !hs_values_read(c->values, "dropouts_s", &seconds))
        return 0;
    return seconds;
}

/* Where, in words, of what is counted; "" where there is nothing. */
static const char *say_lost(const struct hs_case *c, double lost_s)
{
    const double told_s = 0.005; /* less is told by its samples */
    size_t n;
    const char *line = hs_values_line(c->values, "remarks", 0, &n);
    return lost_s >= told_s && line
               ? hs_arena_printf(c->arena, "%.2f s of music are missing: %.*s.", lost_s, (int)n,
                                 line)
               : "";
}

/* Where the level drops out that the mix has: as many as passages are listed. */
static const double *drops_of(const struct hs_case *c, size_t *n)
{
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    const struct hs_value *drops = pair ? hs_values_get(pair, "drops") : NULL;
    *n = drops && drops->kind == HS_ARRAY ? drops->n / 4 : 0;
    return *n ? drops->array : NULL;
}

static double seconds_of(const double *drop, size_t n)
{
    double all_s = 0;
    for (size_t i = 0; i < n; i++)
        all_s += drop[4 * i + 1] - drop[4 * i];
    return all_s;
}

/* `also`: what else is missing, "" for nothing. */
static void read_drops(const struct hs_case *c, const double *drop, size_t n, const char *also,
                       struct hs_reading *out)
{
    static const char *const channels[] = {"", "The left channel: ", "The right channel: "};
    const size_t most = n < HS_MAX_PASSAGES ? n : HS_MAX_PASSAGES;
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, most);
    const double all_s = seconds_of(drop, n);
    for (size_t i = 0; i < most; i++)
        times[i] = (struct hs_passage){drop[4 * i], drop[4 * i + 1]};
    hs_reading_value(out, fmax(all_s, out->judged ? out->value : 0));
    out->thresholds = hs_of_drops;
    out->at_most = HS_SEVERE;
    out->times = times;
    out->n_times = most;
    out->proven = true;
    out->evidence = hs_arena_printf(
        c->arena, "%s%.0f dB down from %.1f to %.1f s, where %s sounds as before%s.%s%s",
        channels[1 + (int)drop[3]], drop[2], drop[0], drop[1], hs_case_other(c),
        n > 1 ? hs_arena_printf(c->arena, "; %zu such places, %.1f s in all", n, all_s) : "",
        *also ? " " : "", also);
}

static const char *say_silenced(const struct hs_case *c, double silenced_s)
{
    return silenced_s > 0
               ? hs_arena_printf(c->arena, "Silent for %.2f s in the midst of what sounds in %s.",
                                 silenced_s, hs_case_other(c))
               : "";
}

static const char *say_dropped(const struct hs_case *c, double dropped_s)
{
    double at_s = 0;
    hs_values_read(c->values, "dropout_times[0]", &at_s);
    return hs_arena_printf(c->arena,
                           "Silent for %.2f s in %.0f place(s), the first at %d:%02d, with the "
                           "wave cut through at both ends.",
                           dropped_s, hs_values_or_nan(c->values, "dropouts"), (int)at_s / 60,
                           (int)at_s % 60);
}

/* What is missing. Proven: what the reader had to leave out or fill with silence, and with
 * a pair what is silent in the master where the mix plays. What the file shows by itself is
 * moderate at most, and may be the same places as those of the pair: it counts where all is more
 * severe with it than what is proven. */
static void read_missing(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    double silenced_s = 0, dropped_s = dropped_out_s(c), lost_s;
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    hs_read_first_need(rule, c, out);
    lost_s = out->judged ? out->value : 0;
    if (pair)
        hs_values_read(pair, "silenced_s", &silenced_s);
    double proven_s = lost_s + fmax(silenced_s, 0), all_s = lost_s + fmax(silenced_s, dropped_s);
    enum hs_severity proven = hs_scale_severity_on(rule->thresholds, proven_s);
    bool dropped = proven < HS_MODERATE && dropped_s > silenced_s &&
                   hs_scale_severity_on(rule->thresholds, all_s) > proven;
    size_t n_drops;
    const double *drop = drops_of(c, &n_drops);
    const char *lost = say_lost(c, lost_s), *silenced = say_silenced(c, silenced_s);
    /* drops that hold the silence, or that are more severe than what else is proven */
    const double drops_s = seconds_of(drop, n_drops);
    if (n_drops && (hs_scale_severity_on(hs_of_drops, drops_s) > proven ||
                    (!(lost_s > 0) && silenced_s <= drops_s))) {
        read_drops(c, drop, n_drops, lost, out);
        return;
    }
    if (!(all_s > 0))
        return;
    hs_reading_value(out, dropped ? all_s : proven_s);
    if (dropped)
        out->at_most = HS_MODERATE;
    const char *more = dropped ? say_dropped(c, dropped_s) : silenced;
    out->evidence = *lost && *more   ? hs_arena_printf(c->arena, "%s %s", lost, more)
                    : *lost || *more ? (*lost ? lost : more)
                                     : NULL;
}

static const char *joined(const struct hs_case *c, const char *a, const char *b)
{
    return !a || !*a ? b : !b || !*b ? a : hs_arena_printf(c->arena, "%s %s", a, b);
}

/* Takes over what is more severe than all before, and then is true; tells the rest behind it.
 * `proven`: by the pair, so that it came in by mastering. */
static bool add_fault(const struct hs_rule *rule, const struct hs_case *c,
                      const struct hs_pair_fault *f, bool proven, struct hs_reading *out)
{
    const struct hs_pair_fault before = {.seconds = out->judged ? out->value : 0,
                                         .thresholds =
                                             out->thresholds ? out->thresholds : rule->thresholds,
                                         .at_most = out->at_most};
    if (hs_pair_fault_severity(f) <= hs_pair_fault_severity(&before)) {
        out->evidence = joined(c, out->evidence, f->words);
        return false;
    }
    hs_reading_value(out, f->seconds);
    out->proven = proven;
    out->thresholds = f->thresholds;
    out->at_most = f->at_most;
    out->evidence = joined(c, f->words, out->evidence);
    if (f->n_times) {
        out->times = f->times;
        out->n_times = f->n_times;
    }
    return true;
}

/* Samples that are no number: bridged here, but a player or an encoder may click, stop or fall
 * silent. What the reader says of them has the time; one place is minor, as a click is. */
static bool no_numbers(const struct hs_case *c, struct hs_pair_fault *out)
{
    const double place_s = 0.01;
    static const double thresholds[] = {0, 0.005, 0.01, 0.05, 0.5};
    double n = 0, lost_s = 0;
    size_t len;
    const char *line = hs_values_line(c->values, "remarks", 0, &len);
    if (!hs_values_read(c->values, "invalid_samples", &n) || !(n > 0) || !line)
        return false;
    hs_values_read(c->values, "lost_s", &lost_s);
    *out = (struct hs_pair_fault){.kind = HS_DAMAGE_BREAKS,
                                  .seconds = place_s + lost_s,
                                  .thresholds = thresholds,
                                  .at_most = HS_SEVERE,
                                  .words = hs_arena_printf(c->arena, "%.*s.", (int)len, line)};
    return true;
}

static const char *const gone_words[] = {[HS_CHANNEL_LEFT] = "left", [HS_CHANNEL_RIGHT] = "right"};

/* Music that is missing, of one channel or both, and what else the pair proves; which of them is
 * the most severe. */
static enum hs_damage read_all(const struct hs_rule *rule, const struct hs_case *c,
                               struct hs_reading *out)
{
    struct hs_pair_fault fault[HS_PAIR_FAULTS_MOST], alone;
    const size_t n = hs_pair_faults(c, fault);
    size_t n_drops;
    const double *drop = drops_of(c, &n_drops);
    read_missing(rule, c, out);
    enum hs_damage kind =
        n_drops && out->proven && drop[3] >= 0 ? HS_DAMAGE_ONE_SIDE : HS_DAMAGE_MISSING;
    for (size_t i = 0; i < n; i++)
        if (add_fault(rule, c, &fault[i], hs_case_pair(c) != NULL, out))
            kind = fault[i].kind;
    if (no_numbers(c, &alone) && add_fault(rule, c, &alone, false, out))
        kind = alone.kind;
    if (hs_one_side_fault(c, &alone) && add_fault(rule, c, &alone, false, out))
        kind = alone.kind;
    return kind;
}

void hs_read_damaged(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    read_all(rule, c, out);
    const enum hs_move_channel gone = hs_one_side_gone(c);
    if (gone != HS_CHANNEL_BOTH)
        out->direction = gone_words[gone];
}

enum hs_damage hs_damaged_kind(const struct hs_rule *rule, const struct hs_audit *audit,
                               struct hs_track_result *t)
{
    struct hs_arena scratch = {0};
    const struct hs_case c = {.role = HS_ROLE_MASTER,
                              .values = &t->master.values,
                              .file = &t->master,
                              .result = t,
                              .audit = audit,
                              .arena = &scratch};
    struct hs_reading r = {.at_most = HS_SEVERE};
    const enum hs_damage kind = read_all(rule, &c, &r);
    hs_arena_free(&scratch);
    return kind;
}

void hs_correct_damaged(const struct hs_rule *rule, const struct hs_case *c,
                        const struct hs_finding *f, struct hs_correction *out)
{
    struct hs_pair_fault fault[HS_PAIR_FAULTS_MOST];
    const size_t n = hs_pair_faults(c, fault);
    hs_correct_another_copy(rule, c, f, out);
    out->channel = hs_one_side_leans(c);
    for (size_t i = 0; i < n; i++)
        if (fault[i].mend && hs_pair_fault_severity(&fault[i]) >= f->severity)
            out->words = fault[i].mend;
}
