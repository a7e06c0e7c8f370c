/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. With a pair, what the mix is late by and what mastering made of it: all through, or in parts
 * of the song, of which the latest counts. A mix whose late channel the master takes back is read
 * as late, the master as in time, so that it is cured.
 * 2. Else the lag at which left and right of the file agree best, where it stands out.
 */
#include "judge/channel_late.h"

#include "judge/correct.h"
#include "judge/passages.h"
#include "judge/reading.h"
#include "pair/late_parts.h"

#include <math.h>
#include <string.h>

/* A widener delays one channel by so much on purpose (Haas 1951), all through or in a chorus. */
static const double haas_from_ms = 8, haas_to_ms = 40;

static const char haas_words[] = ": an error, or a widener that does so on purpose (Haas)";

static bool is_haas(double ms)
{
    return fabs(ms) >= haas_from_ms && fabs(ms) <= haas_to_ms;
}

/* What the pair tells of a master or of its mix; what the mix is late by, by its own measures where
 * the pair does not know. */
static size_t parts_of(const struct hs_case *c, struct hs_late_part *part)
{
    const struct hs_values *pair = hs_case_pair(c);
    const size_t n = pair ? hs_late_parts(pair, part, HS_LATE_PARTS_MOST) : 0;
    size_t told = 0;
    for (size_t i = 0; i < n; i++) {
        if (hs_late_kind_of(&part[i]) == HS_LATE_NOT)
            continue;
        if (!hs_values_get(pair, "mix_channel_delay_ms") && isinf(part[i].to_s))
            hs_late_of_file(&c->result->mix.values, &part[i].mix_ms);
        part[told++] = part[i];
    }
    return told;
}

/* What left comes later by than right: in the mix, or in the master. */
static double late_ms(const struct hs_case *c, const struct hs_late_part *p)
{
    const double ms = c->role == HS_ROLE_MASTER ? p->mix_ms + p->ms : p->mix_ms;
    return fabs(ms) < hs_late_told_ms ? 0 : ms;
}

/* Where it is late the most. */
static const struct hs_late_part *worst_of(const struct hs_case *c, const struct hs_late_part *part,
                                           size_t n)
{
    const struct hs_late_part *most = part;
    for (size_t i = 1; i < n; i++)
        most = fabs(late_ms(c, &part[i])) > fabs(late_ms(c, most)) ? part + i : most;
    return most;
}

static const char *when(const struct hs_case *c, const struct hs_late_part *p, const char *channel)
{
    return isinf(p->to_s)
               ? hs_arena_printf(c->arena, "%s", !strcmp(channel, "left") ? "Left" : "Right")
               : hs_arena_printf(c->arena, "From %.1f to %.1f s the %s channel", p->from_s, p->to_s,
                                 channel);
}

/* What was done to the part of which the most is left. */
static const char *words_of(const struct hs_case *c, const struct hs_late_part *p, size_t n_late,
                            bool haas)
{
    const struct hs_late_words w = hs_late_words_of(p);
    const enum hs_late_kind kind = hs_late_kind_of(p);
    if (c->role != HS_ROLE_MASTER)
        return hs_arena_printf(c->arena, "%s comes %.2f ms later than the other.",
                               when(c, p, p->mix_ms > 0 ? "left" : "right"), fabs(p->mix_ms));
    return hs_arena_printf(
        c->arena, "%s comes %.2f ms %s than in %s%s%s%s.", when(c, p, w.channel), fabs(p->ms),
        w.how, hs_case_other(c),
        kind == HS_LATE_CURED   ? ", which puts both in time"
        : kind == HS_LATE_EASED ? ", which brings both nearer in time"
                                : "",
        n_late > 1 ? hs_arena_printf(c->arena, "; %zu parts of the song are so", n_late) : "",
        haas ? haas_words : "");
}

/* Of several parts the largest delay, all of their times. A widener only if each may be. False
 * where the pair tells of none. */
static bool read_parts(const struct hs_case *c, struct hs_reading *out)
{
    struct hs_late_part part[HS_LATE_PARTS_MOST];
    const size_t n = parts_of(c, part);
    size_t n_late = 0, n_times = 0;
    bool haas = true;
    if (!n || (c->role != HS_ROLE_MASTER && late_ms(c, worst_of(c, part, n)) == 0))
        return false;
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, HS_MAX_PASSAGES);
    for (size_t i = 0; i < n; i++) {
        if (late_ms(c, &part[i]) == 0)
            continue;
        n_late++;
        haas = haas && is_haas(late_ms(c, &part[i]));
        if (isfinite(part[i].to_s) && n_times < HS_MAX_PASSAGES)
            times[n_times++] = (struct hs_passage){part[i].from_s, part[i].to_s};
    }
    haas = haas && n_late;
    const struct hs_late_part *most = worst_of(c, part, n);
    hs_reading_value(out, late_ms(c, most));
    out->evidence = words_of(c, most, n_late, haas);
    out->proven =
        c->role == HS_ROLE_MASTER && hs_late_kind_of(most) == HS_LATE_MADE && most->mix_ms == 0;
    if (n_times) {
        out->times = times;
        out->n_times = n_times;
    }
    if (haas)
        out->at_most = HS_MODERATE;
    return true;
}

void hs_read_channel_late(const struct hs_rule *rule, const struct hs_case *c,
                          struct hs_reading *out)
{
    double ms, ignored;
    (void)rule;
    if (!read_parts(c, out)) {
        if (!hs_need(c, "channel_delay_ms", &ignored, out) ||
            !hs_need(c, "channel_delay_peak", &ignored, out) ||
            !hs_need(c, "channel_delay_ratio", &ignored, out))
            return;
        hs_reading_value(out, hs_late_of_file(c->values, &ms) ? ms : 0);
    }
    if (out->value != 0)
        out->direction = out->value > 0 ? "left late" : "right late";
}

/* Of the master, the channel that was moved; of the mix the later one. */
void hs_correct_channel_late(const struct hs_rule *rule, const struct hs_case *c,
                             const struct hs_finding *f, struct hs_correction *out)
{
    struct hs_late_part part[HS_LATE_PARTS_MOST];
    const size_t n = c->role == HS_ROLE_MASTER ? parts_of(c, part) : 0;
    const struct hs_late_part *most = n ? worst_of(c, part, n) : NULL;
    bool early = false, right = f->value < 0;
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_delay, NULL);
    if (most && hs_late_kind_of(most) == HS_LATE_MADE && most->mix_ms == 0)
        right = hs_late_channel(most, &early) == 1;
    out->channel = right ? HS_CHANNEL_RIGHT : HS_CHANNEL_LEFT;
    out->after = 0;
    out->words = hs_arena_printf(
        c->arena, "In the %s: move the %s channel %s by %.2f ms%s.", hs_place_name(out->where),
        hs_move_channel_name(out->channel), early ? "back" : "forward", fabs(f->value),
        most && isfinite(most->to_s) ? early ? " where it comes early" : " where it comes late"
                                     : "");
}

bool hs_channel_late_makes(const struct hs_finding *lead, const struct hs_finding *f)
{
    static const char *const made[] = {"wide", "sides_wide", "bass_wide", "out_of_phase"};
    bool is_made = false;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        is_made |= hs_same_rule(f->rule, made[i]);
    if (!is_made || lead->severity < HS_MINOR)
        return false;
    if (lead->origin == HS_ORIGIN_MASTERING &&
        (f->origin == HS_ORIGIN_MIX || f->origin == HS_ORIGIN_EASED))
        return false;
    const bool known = hs_rule_find(f->rule)->moves.change && f->mix_value > hs_mono_side_db;
    return !f->moved || !known;
}
