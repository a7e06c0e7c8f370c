/* SPDX-License-Identifier: Apache-2.0 */
/* Titles are looked at as they stand in tags and in names, and each with the words that set the
 * file aside. */
#include "init/common_word.h"

#include "job/slug.h"
#include "job/words.h"

#include <string.h>

/* Words of a name that could be of its title, as keys. */
static size_t title_words(struct hs_arena *a, const char *text, const char *out[HS_MOST_TOKENS])
{
    enum { LEAST_LETTERS = 3 };
    struct hs_token t[HS_MOST_TOKENS];
    size_t n = hs_words_split(text, hs_arena_alloc(a, strlen(text) + 1), t), k = 0;
    for (size_t i = 0; i < n; i++) {
        size_t len = t[i].end - t[i].start;
        if (t[i].word == HS_WORD_TITLE && len >= LEAST_LETTERS)
            out[k++] = hs_job_normal_title(a, hs_arena_strndup(a, text + t[i].start, len));
    }
    return k;
}

const char *hs_init_common_word(struct hs_arena *a, const struct hs_take *x,
                                const struct hs_take *y)
{
    const char *mine[3][HS_MOST_TOKENS], *theirs[3][HS_MOST_TOKENS];
    const char *x_texts[] = {x->name.title_aside, x->title, x->name.title};
    const char *y_texts[] = {y->name.title_aside, y->title, y->name.title};
    for (size_t i = 0; i < 9; i++) {
        const char *p = x_texts[i / 3], *q = y_texts[i % 3];
        size_t n = p ? title_words(a, p, mine[i / 3]) : 0;
        size_t m = q ? title_words(a, q, theirs[i % 3]) : 0;
        for (size_t k = 0; k < n * m; k++)
            if (!strcmp(mine[i / 3][k / m], theirs[i % 3][k % m]))
                return mine[i / 3][k / m];
    }
    return NULL;
}
