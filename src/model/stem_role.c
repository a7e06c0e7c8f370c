/* SPDX-License-Identifier: Apache-2.0 */
#include "model/stem_role.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* A weak word counts where no other names an instrument, a strong one over all others. */
enum weight { NO_WORD, WEAK, PLAIN, STRONG };

struct word {
    const char *text;
    enum hs_stem_role role;
    enum weight weight;
};

/* Several words first: the first row that fits speaks. A row fits where a word of the name begins
 * with it; rows of less than three letters fit whole words alone. */
static const struct word words[] = {
    {"bassdrum", HS_STEM_KICK, PLAIN},
    {"kick", HS_STEM_KICK, PLAIN},
    {"bd", HS_STEM_KICK, PLAIN},
    {"snare", HS_STEM_SNARE, PLAIN},
    {"snr", HS_STEM_SNARE, PLAIN},
    {"sd", HS_STEM_SNARE, PLAIN},
    {"drum", HS_STEM_DRUMS, PLAIN},
    {"tom", HS_STEM_DRUMS, PLAIN},
    {"hihat", HS_STEM_DRUMS, PLAIN},
    {"hat", HS_STEM_DRUMS, PLAIN},
    {"hh", HS_STEM_DRUMS, PLAIN},
    {"overhead", HS_STEM_DRUMS, PLAIN},
    {"oh", HS_STEM_DRUMS, PLAIN},
    {"cymbal", HS_STEM_DRUMS, PLAIN},
    {"crash", HS_STEM_DRUMS, PLAIN},
    {"ride", HS_STEM_DRUMS, PLAIN},
    {"perc", HS_STEM_DRUMS, PLAIN},
    {"kit", HS_STEM_DRUMS, PLAIN},
    {"shaker", HS_STEM_DRUMS, PLAIN},
    {"tambourine", HS_STEM_DRUMS, PLAIN},
    {"clap", HS_STEM_DRUMS, PLAIN},
    {"conga", HS_STEM_DRUMS, PLAIN},
    {"room", HS_STEM_DRUMS, WEAK},
    {"loop", HS_STEM_DRUMS, WEAK},
    {"bass", HS_STEM_BASS, PLAIN},
    {"sub", HS_STEM_BASS, WEAK},
    {"808", HS_STEM_BASS, WEAK},
    {"vocal", HS_STEM_VOCAL, PLAIN},
    {"voice", HS_STEM_VOCAL, PLAIN},
    {"vox", HS_STEM_VOCAL, PLAIN},
    {"voc", HS_STEM_VOCAL, PLAIN},
    {"vx", HS_STEM_VOCAL, PLAIN},
    {"sing", HS_STEM_VOCAL, PLAIN},
    {"choir", HS_STEM_VOCAL, PLAIN},
    {"bgv", HS_STEM_VOCAL, PLAIN},
    {"bv", HS_STEM_VOCAL, PLAIN},
    {"rap", HS_STEM_VOCAL, PLAIN},
    {"harmony", HS_STEM_VOCAL, WEAK},
    {"lead", HS_STEM_VOCAL, WEAK},
    {"backing", HS_STEM_VOCAL, WEAK},
    {"guit", HS_STEM_GUITAR, PLAIN},
    {"gtr", HS_STEM_GUITAR, PLAIN},
    {"git", HS_STEM_GUITAR, PLAIN},
    {"banjo", HS_STEM_GUITAR, PLAIN},
    {"mandolin", HS_STEM_GUITAR, PLAIN},
    {"ukulele", HS_STEM_GUITAR, PLAIN},
    {"acoustic", HS_STEM_GUITAR, WEAK},
    {"piano", HS_STEM_KEYS, PLAIN},
    {"keys", HS_STEM_KEYS, PLAIN},
    {"keyboard", HS_STEM_KEYS, PLAIN},
    {"organ", HS_STEM_KEYS, PLAIN},
    {"synth", HS_STEM_KEYS, PLAIN},
    {"rhodes", HS_STEM_KEYS, PLAIN},
    {"wurli", HS_STEM_KEYS, PLAIN},
    {"clav", HS_STEM_KEYS, PLAIN},
    {"pad", HS_STEM_KEYS, WEAK},
    {"string", HS_STEM_STRINGS, PLAIN},
    {"violin", HS_STEM_STRINGS, PLAIN},
    {"viola", HS_STEM_STRINGS, PLAIN},
    {"cello", HS_STEM_STRINGS, PLAIN},
    {"contrabass", HS_STEM_STRINGS, PLAIN},
    {"orchestra", HS_STEM_STRINGS, WEAK},
    {"reverb", HS_STEM_FX, STRONG},
    {"rev", HS_STEM_FX, STRONG},
    {"verb", HS_STEM_FX, STRONG},
    {"rvb", HS_STEM_FX, STRONG},
    {"delay", HS_STEM_FX, STRONG},
    {"echo", HS_STEM_FX, STRONG},
    {"fx", HS_STEM_FX, STRONG},
    {"sfx", HS_STEM_FX, STRONG},
    {"effect", HS_STEM_FX, STRONG},
    {"return", HS_STEM_FX, STRONG},
};

static const char *const role_names[HS_N_STEM_ROLES] = {
    [HS_STEM_OTHER] = "other",   [HS_STEM_KICK] = "kick", [HS_STEM_SNARE] = "snare",
    [HS_STEM_DRUMS] = "drums",   [HS_STEM_BASS] = "bass", [HS_STEM_VOCAL] = "vocal",
    [HS_STEM_GUITAR] = "guitar", [HS_STEM_KEYS] = "keys", [HS_STEM_STRINGS] = "strings",
    [HS_STEM_FX] = "fx",
};

enum { SHORT = 3 };

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/* How many characters of `at` the word takes with what parts it ("bass drum" is "bassdrum"); 0
 * where it does not fit. */
static size_t fits(const char *at, const char *word)
{
    size_t n = 0;
    const size_t length = strlen(word);
    for (const char *w = word; *w; n++) {
        if (tolower((unsigned char)at[n]) == *w)
            w++;
        else if (!at[n] || is_letter(at[n]) || w == word)
            return 0;
    }
    return length < SHORT && isalpha((unsigned char)at[n]) ? 0 : n;
}

static const struct word *word_at(const char *at)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (fits(at, words[i].text))
            return &words[i];
    return NULL;
}

enum hs_stem_role hs_stem_role_of(const char *name)
{
    enum hs_stem_role role = HS_STEM_OTHER;
    enum weight best = NO_WORD;
    for (const char *at = name; *at; at++) {
        if (!is_letter(*at) || (at > name && is_letter(at[-1])))
            continue;
        const struct word *w = word_at(at);
        if (w && w->weight > best) {
            best = w->weight;
            role = w->role;
        }
    }
    return role;
}

const char *hs_stem_role_name(enum hs_stem_role role)
{
    return role_names[role];
}

bool hs_stem_role_is_drum(enum hs_stem_role role)
{
    return role == HS_STEM_KICK || role == HS_STEM_SNARE || role == HS_STEM_DRUMS;
}
