/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows fit at the beginning of a word, whatever parts the words of a row of several; rows of three
 * letters and fewer fit whole words alone, in the plural too.
 */
#include "model/stem_words.h"

#include <ctype.h>
#include <string.h>

/* The first row that fits is taken, so rows of several words stand first. A row fits where a word
 * of the name begins with it; rows of three letters and fewer fit whole words alone, in the
 * plural too. */
static const struct hs_stem_word words[] = {
    {"bassdrums", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"bassdrum", HS_STEM_KICK, HS_STEM_PLAIN, false},
    {"basskick", HS_STEM_KICK, HS_STEM_PLAIN, false},
    {"synthbass", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"basssynth", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"bassguit", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"guitarbass", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"stringbass", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"organbass", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"keybass", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"bassoon", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"bassclarinet", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"bassflute", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"basssax", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"basstrombone", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"drumless", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"steeldrum", HS_STEM_OTHER, HS_STEM_PLAIN, false},
    {"synthdrum", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"drumsynth", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"synthstring", HS_STEM_STRINGS, HS_STEM_PLAIN, false},
    {"stringsynth", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"synthguitar", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"guitarsynth", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"organic", HS_STEM_OTHER, HS_STEM_WEAK, false},
    {"kick", HS_STEM_KICK, HS_STEM_PLAIN, false},
    {"bd", HS_STEM_KICK, HS_STEM_PLAIN, false},
    {"snare", HS_STEM_SNARE, HS_STEM_PLAIN, false},
    {"snr", HS_STEM_SNARE, HS_STEM_PLAIN, false},
    {"sd", HS_STEM_SNARE, HS_STEM_PLAIN, false},
    {"sn", HS_STEM_SNARE, HS_STEM_PLAIN, false},
    {"drum", HS_STEM_DRUMS, HS_STEM_PLAIN, true},
    {"tom", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"hihat", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"hat", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"hh", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"overhead", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"oh", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"cymbal", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"crash", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"ride", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"perc", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"kit", HS_STEM_DRUMS, HS_STEM_PLAIN, true},
    {"shaker", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"tambourine", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"clap", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"conga", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"room", HS_STEM_DRUMS, HS_STEM_WEAK, false},
    {"loop", HS_STEM_DRUMS, HS_STEM_WEAK, false},
    {"bass", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"bss", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"bs", HS_STEM_BASS, HS_STEM_PLAIN, false},
    {"sub", HS_STEM_BASS, HS_STEM_WEAK, false},
    {"808", HS_STEM_BASS, HS_STEM_WEAK, false},
    {"vocal", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"voice", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"vox", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"voc", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"vx", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"singer", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"singing", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"choir", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"bgv", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"bv", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"rap", HS_STEM_VOCAL, HS_STEM_PLAIN, false},
    {"harmony", HS_STEM_VOCAL, HS_STEM_WEAK, false},
    {"lead", HS_STEM_VOCAL, HS_STEM_WEAK, false},
    {"guit", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"gtr", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"git", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"gitar", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"banjo", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"mandolin", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"ukulele", HS_STEM_GUITAR, HS_STEM_PLAIN, false},
    {"acoustic", HS_STEM_GUITAR, HS_STEM_WEAK, false},
    {"piano", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"keys", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"keyboard", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"organ", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"synth", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"rhodes", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"rhd", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"wurli", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"clave", HS_STEM_DRUMS, HS_STEM_PLAIN, false},
    {"clav", HS_STEM_KEYS, HS_STEM_PLAIN, false},
    {"pad", HS_STEM_KEYS, HS_STEM_WEAK, false},
    {"string", HS_STEM_STRINGS, HS_STEM_PLAIN, false},
    {"violin", HS_STEM_STRINGS, HS_STEM_PLAIN, false},
    {"viola", HS_STEM_STRINGS, HS_STEM_PLAIN, false},
    {"cello", HS_STEM_STRINGS, HS_STEM_PLAIN, false},
    {"contrabass", HS_STEM_STRINGS, HS_STEM_PLAIN, false},
    {"orchestra", HS_STEM_STRINGS, HS_STEM_WEAK, false},
    {"reverb", HS_STEM_FX, HS_STEM_STRONG, false},
    {"rev", HS_STEM_FX, HS_STEM_STRONG, false},
    {"verb", HS_STEM_FX, HS_STEM_STRONG, false},
    {"rvb", HS_STEM_FX, HS_STEM_STRONG, false},
    {"delay", HS_STEM_FX, HS_STEM_STRONG, false},
    {"echo", HS_STEM_FX, HS_STEM_STRONG, false},
    {"fx", HS_STEM_FX, HS_STEM_STRONG, false},
    {"sfx", HS_STEM_FX, HS_STEM_STRONG, false},
    {"effect", HS_STEM_FX, HS_STEM_STRONG, false},
    {"return", HS_STEM_FX, HS_STEM_STRONG, false},
};

enum { SHORT = 3 };

/* Whether the word ends there, but for the s of a plural; "tomThree" is two words. */
static bool ends(const char *at)
{
    bool is_camel = islower((unsigned char)at[-1]) && isupper((unsigned char)*at);
    at += *at == 's' || *at == 'S';
    return is_camel || !isalpha((unsigned char)*at);
}

/* "rev 2", "rev03": which revision it is, and no reverberation. */
static bool is_revision(const char *at, const char *word)
{
    const char *behind = at + strspn(at, " ._-");
    return !strcmp(word, "rev") && isdigit((unsigned char)*behind);
}

static bool parts_words(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == '.';
}

/* How many characters of `at` the word takes with what parts it ("bass drum" is "bassdrum";
 * "bass+drum" is not); 0 where it does not fit. */
static size_t fits(const char *at, const char *word)
{
    size_t n = 0;
    for (const char *w = word; *w; n++) {
        if (tolower((unsigned char)at[n]) == *w)
            w++;
        else if (w == word || !parts_words(at[n]))
            return 0;
    }
    if (is_revision(at + n, word))
        return 0;
    return strlen(word) <= SHORT && !ends(at + n) ? 0 : n;
}

const struct hs_stem_word *hs_stem_word_at(const char *at, size_t *n)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *n = fits(at, words[i].text);
        if (*n)
            return &words[i];
    }
    return NULL;
}
