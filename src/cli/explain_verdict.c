/* SPDX-License-Identifier: Apache-2.0 */
/* The meanings for hindsight explain. A verdict may be typed with blanks in place of the underlines
 * ("on one release"). */
#include "cli/explain_verdict.h"

#include "model/audit.h"

#include <string.h>

#define ELSEWHERE "on more tracks than in other music (q_count below 0.10)"
#define ARTISTS "more often than artists differ from each other (q below 0.10)"

static const struct hs_verdict_meaning verdicts[] = {
    [HS_TOO_FEW] = {"too_few", "Fewer than 5 tracks could be judged.",
                    "Nothing can be said of the catalogue; single findings stand."},
    [HS_NOT_SHOWN] = {"not_shown", "The fault is neither " ELSEWHERE " nor there " ARTISTS ".",
                      "It is not shown. That is not the same as not there: the interval says how "
                      "often it may be."},
    [HS_ON_ONE_RELEASE] = {"on_one_release",
                           "The fault is " ELSEWHERE ", or there " ARTISTS ", but all of it lies "
                           "on one release, or only one release could be judged.",
                           "It is true of this release. One release cannot show whether the artist "
                           "does it on others too; `strength` says how much speaks for that."},
    [HS_LEANS] = {"leans",
                  "The fault is " ELSEWHERE ", or there " ARTISTS ", but not both. Or both, but on "
                  "few tracks (under 3, under a fifth of all, or under twice the base rate), or "
                  "known by a stand-in alone (an `indication` without stem or move).",
                  "It may be a habit, or how this music sounds: `why_not` says what is missing. "
                  "More releases, or references, would tell."},
    [HS_RECURS] = {"recurs",
                   "The fault is " ELSEWHERE ", and there " ARTISTS
                   "; on at least 2 releases and 3 "
                   "tracks, a fifth of all, and twice the base rate.",
                   "A mistake that is made again and again. In simulated catalogues one in ten of "
                   "these or fewer is none."},
};

static bool same_name(const char *given, const char *key)
{
    for (; *given && *key; given++, key++)
        if (*given != *key && !(*given == ' ' && *key == '_'))
            return false;
    return !*given && !*key;
}

const struct hs_verdict_meaning *hs_verdict_meaning(const char *given)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (verdicts[i].key && same_name(given, verdicts[i].key))
            return &verdicts[i];
    return NULL;
}

void hs_verdict_meaning_json(struct hs_json *j, const struct hs_verdict_meaning *v)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "verdict", v->key);
    hs_json_text(j, "when", v->when);
    hs_json_text(j, "means", v->means);
    hs_json_text(j, "source", "docs/recurrence.md");
    hs_json_object_end(j);
}
