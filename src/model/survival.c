/* SPDX-License-Identifier: Apache-2.0 */
/* Words for destinations, as the job file and --survival have them. Wider sets of codecs include
 * the narrower ones. */
#include "model/survival.h"

#include <string.h>

static const struct {
    const char *word;
    unsigned set;
} destinations[] = {{"platforms", HS_TO_PLATFORMS},
                    {"car", HS_TO_CAR},
                    {"phone", HS_TO_PHONE},
                    {"club", HS_TO_CLUB},
                    {"vinyl", HS_TO_VINYL},
                    {"fm", HS_TO_FM},
                    {"codecs", HS_TO_CODECS},
                    {"all_codecs", HS_TO_CODECS | HS_TO_ALL_CODECS},
                    {"whole_codecs", HS_TO_CODECS | HS_TO_WHOLE_CODECS},
                    {"whole_all_codecs",
                     HS_TO_CODECS | HS_TO_ALL_CODECS | HS_TO_WHOLE_CODECS | HS_TO_WHOLE_ALL_CODECS},
                    {"all", HS_TO_ALL}};

unsigned hs_destination_find(const char *word, size_t n)
{
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++)
        if (strlen(destinations[i].word) == n && !memcmp(destinations[i].word, word, n))
            return destinations[i].set;
    return 0;
}

/* Words with commas; false where one is not known or the list is empty. */
bool hs_destinations_parse(const char *list, unsigned *out)
{
    *out = 0;
    for (const char *s = list;; s++) {
        size_t n = strcspn(s, ",");
        unsigned set = hs_destination_find(s, n);
        *out |= set;
        if (!set)
            return false;
        s += n;
        if (!*s)
            return true;
    }
}

const char *hs_destinations_known(void)
{
    return "platforms, codecs, all_codecs, whole_codecs, whole_all_codecs, fm, car, phone, club, "
           "vinyl or all";
}
