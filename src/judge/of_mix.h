/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the mix had before it was mastered, though one of both files shows less of it: codecs, cut
 * tops and what only another copy can mend. Pure functions of a case.
 */
#ifndef HS_JUDGE_OF_MIX_H
#define HS_JUDGE_OF_MIX_H

#include "judge/pair_side.h"
#include "judge/rule.h"

/* The origin of a fault of the mix that the master shows less, or no more. What only another copy
 * can mend is not undone by mastering: its signs are covered, and what was lost is lost. Tops that
 * were cut off are eased where something rounded them. */
enum hs_origin hs_of_mix_less_now(const struct hs_rule *rule, const struct hs_case *c,
                                  enum hs_origin otherwise);
/* The signs of an encoder that the mix shows less of, while the pair shows that none came between:
 * a louder or a better copy shows more of the same. The master is explained better than any encoder
 * would let it be (MP3 of 320 kbit/s leaves -49 dB), and no other one has left its grid. */
bool hs_of_mix_encoded(const struct hs_rule *rule, const struct hs_case *c,
                       const struct hs_pair_side *p);
/* Signs of an encoder that the mix is too soft or too full to show: both files end at the same
 * frequency, and the pair shows neither an encoder between them nor a grid of one in the master. */
bool hs_of_mix_may_be(const struct hs_rule *rule, const struct hs_case *c);
/* Tops that the master shows to be cut, while the pair shows that nothing was cut since: the mix is
 * explained as a copy, and its highest sample stands as high. A song that is heard twice shows more
 * of the same. */
bool hs_of_mix_cut(const struct hs_rule *rule, const struct hs_case *c,
                   const struct hs_pair_side *p);

/* Whether the mix kept may not be the one that was mastered: one part stands at another level. */
bool hs_of_mix_another(const struct hs_case *c);

#endif
