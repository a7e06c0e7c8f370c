/* SPDX-License-Identifier: Apache-2.0 */
/* Words for enums, titles of rules and signs of severity as pages show them: beside every colour
 * stands a sign and a word. Names for files (audit.json, CSV) stand with the enums in model/. */
#include "report/words.h"

#include "judge/rule.h"

#include <stdio.h>
#include <string.h>

const char *hs_rule_title(const char *id)
{
    const struct hs_rule *rule = id ? hs_rule_find(id) : NULL;
    return rule && rule->title ? rule->title : id ? id : "";
}

/* The title of the moves where these are told of, if the rule has one. */
static const char *title_of(const char *id, bool of_moves)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return of_moves && rule && rule->moves.title ? rule->moves.title : hs_rule_title(id);
}

const char *hs_recurrence_title(const struct hs_recurrence *r)
{
    return title_of(r->rule, r->evidence == HS_BY_MOVES && r->verdict > HS_NOT_SHOWN);
}

const char *hs_since_title(const struct hs_recurrence *r)
{
    return title_of(r->rule, r->since.evidence == HS_BY_MOVES);
}

const char *hs_capital(const char *words, char *out, size_t size)
{
    snprintf(out, size, "%s", words);
    if (*out >= 'a' && *out <= 'z')
        *out = (char)(*out - 'a' + 'A');
    return out;
}

const char *hs_rule_capital(const char *id, char out[96])
{
    return hs_capital(hs_rule_title(id), out, 96);
}

const char *hs_finding_capital(const struct hs_finding *f, char out[96])
{
    return hs_capital(hs_finding_title(f), out, 96);
}

const char *hs_severity_sign(enum hs_severity s)
{
    static const char *const signs[] = {"\xc2\xb7", "\xe2\x97\x8b", "\xe2\x97\x94", "\xe2\x97\x91",
                                        "\xe2\x97\x8f"};
    return signs[s]; /* middle dot, then circles that fill up */
}

const char *hs_finding_origin(const struct hs_finding *f)
{
    if (f->origin == HS_ORIGIN_CURED && !hs_finding_cured(f))
        return "in range in the mix, taken nearer to the middle by mastering";
    return hs_origin_words(f->origin);
}

/* As pages say where a fault came from. */
const char *hs_origin_words(enum hs_origin o)
{
    static const char *const words[HS_N_ORIGINS] = {
        [HS_ORIGIN_CANNOT_SAY] = "origin: cannot say",
        [HS_ORIGIN_MIX] = "in the mix already",
        [HS_ORIGIN_WORSENED] = "in the mix, worsened by mastering",
        [HS_ORIGIN_EASED] = "in the mix, eased by mastering",
        [HS_ORIGIN_MASTERING] = "brought in by mastering",
        [HS_ORIGIN_EXPOSED] = "leaning in the mix, exposed by mastering",
        [HS_ORIGIN_CURED] = "in the mix only, cured by mastering"};
    return words[o];
}

const char *hs_origin_short(enum hs_origin o)
{
    static const char *const words[HS_N_ORIGINS] = {[HS_ORIGIN_CANNOT_SAY] = "cannot say",
                                                    [HS_ORIGIN_MIX] = "mix",
                                                    [HS_ORIGIN_WORSENED] = "mix, worsened",
                                                    [HS_ORIGIN_EASED] = "mix, eased",
                                                    [HS_ORIGIN_MASTERING] = "mastering",
                                                    [HS_ORIGIN_EXPOSED] = "exposed",
                                                    [HS_ORIGIN_CURED] = "cured"};
    return words[o];
}

bool hs_origin_in_mix(enum hs_origin o)
{
    return o == HS_ORIGIN_MIX || o == HS_ORIGIN_WORSENED || o == HS_ORIGIN_EASED;
}

/* The answer in an ear note. */
const char *hs_tick_sign(enum hs_answer tick)
{
    switch (tick) {
    case HS_ANSWER_YES:
        return "\xe2\x9c\x93 yes";
    case HS_ANSWER_NO:
        return "\xe2\x80\x93 no";
    case HS_ANSWER_NOT_APPLICABLE:
        return "does not apply";
    case HS_ANSWER_NULL:
        break;
    }
    return "?";
}

const char *hs_action_words(enum hs_action action)
{
    static const char *const words[] = {"leave it alone", "re-upload", "re-master", "re-mix"};
    return words[action];
}

const char *hs_row_words(const struct hs_shortlist_row *row)
{
    return row->listen_first ? "listen first" : hs_action_words(row->action);
}

const char *hs_recall_words(enum hs_recall recall)
{
    static const char *const words[] = {"recall not said", "the session can be recalled",
                                        "stems are archived", "only a stereo mix is archived",
                                        "nothing but the master is left"};
    return words[recall];
}

const char *hs_verdict_words(enum hs_verdict verdict)
{
    static const char *const words[] = {"not asked",      "too few songs", "not shown to recur",
                                        "on one release", "leans",         "\xe2\x86\xbb recurs"};
    return words[verdict];
}

const char *hs_factor_words(const char *factor)
{
    static const char *const words[][2] = {
        {"mixed_by", "mixed by"}, {"mastered_by", "mastered by"}, {"version_title", "version"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(factor, words[i][0]))
            return words[i][1];
    return factor;
}

/* Digits behind the point that a unit is shown with; one where the table says nothing. */
int hs_unit_digits(const char *unit)
{
    static const struct {
        const char *unit;
        int digits;
    } known[] = {{"Hz", 0},      {"ms", 1},   {"s", 1}, {"%", 1},     {"ppm", 0},
                 {"samples", 0}, {"runs", 0}, {"", 2},  {"dB/oct", 2}};
    for (size_t i = 0; unit && i < sizeof known / sizeof *known; i++)
        if (!strcmp(unit, known[i].unit))
            return known[i].digits;
    return 1;
}
