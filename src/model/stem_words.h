/* SPDX-License-Identifier: Apache-2.0 */
/* The words that name what a stem holds. Constant. */
#ifndef HS_MODEL_STEM_WORDS_H
#define HS_MODEL_STEM_WORDS_H

#include "model/stem_role.h"

#include <stddef.h>

/* A weak word counts where no other names an instrument, a strong one over all others. A plain
 * word of the role OTHER is an instrument that no role has. */
enum hs_stem_weight { HS_STEM_WEAK, HS_STEM_PLAIN, HS_STEM_STRONG };

struct hs_stem_word {
    const char *text;
    enum hs_stem_role role;
    enum hs_stem_weight weight;
    bool whole_kit;
};

/* The first row that fits where a word of a name begins, and how many characters it takes; NULL:
 * none. */
const struct hs_stem_word *hs_stem_word_at(const char *at, size_t *n);

#endif
