/* SPDX-License-Identifier: Apache-2.0 */
#include "job/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct row {
    const char *text;
    enum hs_word word;
};

static const struct row rows[] = {
    {"mstr", HS_WORD_MASTER},
    {"mastered", HS_WORD_MASTER},
    {"mst", HS_WORD_MASTER},
    {"remaster", HS_WORD_MASTER},
    {"remastered", HS_WORD_MASTER},
    {"mastering", HS_WORD_MASTER},
    {"finalmaster", HS_WORD_MASTER},
    {"prod", HS_WORD_MASTER},
    {"ddp", HS_WORD_MASTER},
    {"master", HS_WORD_MASTERED},
    {"masters", HS_WORD_MASTER},
    {"mix", HS_WORD_MIX},
    {"mx", HS_WORD_MIX},
    {"mixes", HS_WORD_MIX},
    {"mixdown", HS_WORD_MIX},
    {"mixdowns", HS_WORD_MIX},
    {"mixed", HS_WORD_MIX},
    {"2trk", HS_WORD_MIX},
    {"2track", HS_WORD_MIX},
    {"2tracks", HS_WORD_MIX},
    {"2mix", HS_WORD_MIX},
    {"premaster", HS_WORD_FLAT},
    {"premasters", HS_WORD_FLAT},
    {"pre", HS_WORD_FLAT},
    {"unmastered", HS_WORD_FLAT},
    {"flat", HS_WORD_FLAT},
    {"nolim", HS_WORD_FLAT},
    {"nolimiter", HS_WORD_FLAT},
    {"unlimited", HS_WORD_FLAT},
    {"v", HS_WORD_VERSION},
    {"ver", HS_WORD_VERSION},
    {"vers", HS_WORD_VERSION},
    {"rev", HS_WORD_VERSION},
    {"revision", HS_WORD_VERSION},
    {"take", HS_WORD_VERSION},
    {"pass", HS_WORD_VERSION},
    {"recall", HS_WORD_VERSION},
    {"final", HS_WORD_FINAL},
    {"fnl", HS_WORD_FINAL},
    {"finalfinal", HS_WORD_FINAL},
    {"approved", HS_WORD_FINAL},
    {"print", HS_WORD_FORMAT},
    {"printed", HS_WORD_FORMAT},
    {"bounce", HS_WORD_FORMAT},
    {"bounced", HS_WORD_FORMAT},
    {"export", HS_WORD_FORMAT},
    {"render", HS_WORD_FORMAT},
    {"rendered", HS_WORD_FORMAT},
    {"stereo", HS_WORD_FORMAT},
    {"interleaved", HS_WORD_FORMAT},
    {"2ch", HS_WORD_FORMAT},
    {"lt", HS_WORD_FORMAT},
    {"dithered", HS_WORD_FORMAT},
    {"dither", HS_WORD_FORMAT},
    {"wav", HS_WORD_FORMAT},
    {"wave", HS_WORD_FORMAT},
    {"aiff", HS_WORD_FORMAT},
    {"flac", HS_WORD_FORMAT},
    {"alac", HS_WORD_FORMAT},
    {"mp3", HS_WORD_FORMAT},
    {"aac", HS_WORD_FORMAT},
    {"ogg", HS_WORD_FORMAT},
    {"opus", HS_WORD_FORMAT},
    {"wavs", HS_WORD_FORMAT},
    {"hires", HS_WORD_FORMAT},
    {"float", HS_WORD_FORMAT},
    {"lossless", HS_WORD_FORMAT},
    {"l", HS_WORD_CHANNEL},
    {"r", HS_WORD_CHANNEL},
    {"left", HS_WORD_CHANNEL},
    {"right", HS_WORD_CHANNEL},
};

/* Set aside: not what was sent to mastering, or not the released recording. */
static const struct {
    const char *text, *what;
} asides[] = {
    {"stem", "stem"},
    {"stems", "stem"},
    {"multitrack", "stem"},
    {"multitracks", "stem"},
    {"inst", "instrumental"},
    {"instr", "instrumental"},
    {"instrumental", "instrumental"},
    {"instrumentals", "instrumental"},
    {"tv", "TV mix"},
    {"tvmix", "TV mix"},
    {"aca", "a cappella"},
    {"acapella", "a cappella"},
    {"acappella", "a cappella"},
    {"acapellas", "a cappella"},
    {"cappella", "a cappella"},
    {"voxup", "vocal up"},
    {"voxdown", "vocal down"},
    {"vocup", "vocal up"},
    {"vocdown", "vocal down"},
    {"vocalup", "vocal up"},
    {"vocaldown", "vocal down"},
    {"clean", "clean version"},
    {"radio", "radio edit"},
    {"edit", "edit"},
    {"karaoke", "karaoke"},
    {"demo", "demo"},
    {"demos", "demo"},
    {"rough", "rough mix"},
    {"roughs", "rough mix"},
    {"ref", "reference copy"},
    {"refs", "reference copy"},
    {"surround", "surround"},
    {"51", "surround"},
    {"6ch", "surround"},
    {"atmos", "surround"},
    {"mute", "partial mix"},
    {"minus", "partial mix"},
};

const char *hs_words_aside(const char *text)
{
    for (size_t i = 0; i < sizeof asides / sizeof *asides; i++)
        if (!strcmp(asides[i].text, text))
            return asides[i].what;
    return NULL;
}

static bool is_digits(const char *s)
{
    return *s && strspn(s, "0123456789") == strlen(s);
}

/* Letters then digits: "v07" gives "v" and 7. Nothing else fits. */
static bool split_number(const char *text, char letters[16], int *number)
{
    size_t n = 0, len = strlen(text);
    while (islower((unsigned char)text[n]))
        n++;
    if (!n || n > 15 || n == len || len - n > 4 || !is_digits(text + n))
        return false;
    memcpy(letters, text, n);
    letters[n] = '\0';
    *number = atoi(text + n);
    return true;
}

/* A number and its unit at s: the characters taken, 0 where it is neither a sample rate
 * nor a word length. */
static size_t rate_or_bits(const char *s)
{
    static const char *const units[] = {"khz", "k", "bits", "bit", "b", "f", "i"};
    size_t n = strspn(s, "0123456789");
    int value = n && n <= 3 ? atoi(s) : 0;
    bool bits = value == 16 || value == 20 || value == 24 || value == 32;
    for (size_t i = 0; value && i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i]);
        if (!strncmp(s + n, units[i], len) && (units[i][0] == 'k' || bits))
            return n + len;
    }
    return 0;
}

/* 48k, 192khz, 24b, 24bit, 32f, 48k24b, 44k1, 4824. */
static bool is_format(const char *s)
{
    static const char *const joined[] = {"4416",  "44116", "4424", "4816", "4824", "8824", "9624",
                                         "17624", "19224", "9632", "1644", "2444", "2448", "2496"};
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
        if (!strcmp(s, joined[i]))
            return true;
    size_t n = rate_or_bits(s);
    if (!n)
        return false;
    size_t more = rate_or_bits(s + n);
    return !s[n + more] || !strcmp(s + n + more, "1") || !strcmp(s + n + more, "24") ||
           !strcmp(s + n + more, "16");
}

static bool is_date(const char *s)
{
    return is_digits(s) && strlen(s) == 8 && (!strncmp(s, "19", 2) || !strncmp(s, "20", 2)) &&
           strncmp(s + 4, "13", 2) < 0;
}

/* "MI01": the mixer's initials and the revision of the mix. */
static bool is_initials(const struct hs_token *t, const char *letters)
{
    static const char *const other[] = {"cd", "ep", "lp", "pt", "op", "no", "ch", "tk", "tr", "vs"};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (!strcmp(letters, other[i]))
            return false;
    return t->upper && strlen(letters) == 2 && strlen(t->text) == 4;
}

static void read_numbered(struct hs_token *t)
{
    char letters[16];
    int number;
    if (!split_number(t->text, letters, &number))
        return;
    bool mix = !strcmp(letters, "mix") || !strcmp(letters, "mx") || !strcmp(letters, "mixv");
    bool disc = !strcmp(letters, "cd") || !strcmp(letters, "disc") || !strcmp(letters, "disk") ||
                !strcmp(letters, "disque");
    bool version = !strcmp(letters, "v") || !strcmp(letters, "ver") || !strcmp(letters, "rev") ||
                   !strcmp(letters, "r") || !strcmp(letters, "take") || !strcmp(letters, "print") ||
                   !strcmp(letters, "version") || !strcmp(letters, "bounce");
    if (disc)
        t->word = HS_WORD_DISC;
    else if (!strcmp(letters, "final"))
        t->word = HS_WORD_FINAL;
    else if (!strcmp(letters, "master"))
        t->word = HS_WORD_MASTERED;
    else if (!strcmp(letters, "mstr"))
        t->word = HS_WORD_MASTER;
    else if (mix || version || is_initials(t, letters))
        t->word = HS_WORD_VERSION;
    else
        return;
    t->also_mix = mix || (t->word == HS_WORD_VERSION && is_initials(t, letters) && !version);
    t->number = number;
}

static void read_alone(struct hs_token *t)
{
    t->word = HS_WORD_TITLE;
    t->number = -1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].text, t->text))
            t->word = rows[i].word;
    if (t->word != HS_WORD_TITLE)
        return;
    if (hs_words_aside(t->text))
        t->word = HS_WORD_ASIDE;
    else if (is_format(t->text) || is_date(t->text))
        t->word = HS_WORD_FORMAT;
    else if (is_digits(t->text)) {
        t->word = HS_WORD_NUMBER;
        t->number = strlen(t->text) <= 4 ? atoi(t->text) : -1;
    } else {
        read_numbered(t);
    }
}

static bool is(const struct hs_token *t, const char *text)
{
    return !strcmp(t->text, text);
}

static void set_pair(struct hs_token *a, struct hs_token *b, enum hs_word word, const char *text)
{
    a->word = b->word = word;
    b->text = text;
}

/* Words that need their neighbour: no lim, 2 track, vox up, 5.1, 44.1k, v 7, disc 2. */
static void read_neighbours(struct hs_token *a, struct hs_token *b)
{
    bool up = is(b, "up"), down = is(b, "down") || is(b, "dn");
    if (is(a, "no") && (is(b, "lim") || is(b, "limiter") || is(b, "limiting")))
        a->word = b->word = HS_WORD_FLAT;
    else if (is(a, "2") && (is(b, "track") || is(b, "trk") || is(b, "tracks")))
        a->word = b->word = HS_WORD_MIX;
    else if ((is(a, "pre") || is(a, "un")) && (is(b, "master") || is(b, "mastered")))
        a->word = b->word = HS_WORD_FLAT;
    else if (is(a, "final") && is(b, "master"))
        a->word = b->word = HS_WORD_MASTER;
    else if ((is(a, "vox") || is(a, "vocal") || is(a, "vocals") || is(a, "voc")) && (up || down))
        set_pair(a, b, HS_WORD_ASIDE, up ? "voxup" : "voxdown");
    else if (is(a, "5") && is(b, "1"))
        set_pair(a, b, HS_WORD_ASIDE, "51");
    else if (is(a, "a") && (is(b, "cappella") || is(b, "capella")))
        set_pair(a, b, HS_WORD_ASIDE, "acapella");
    else if (is(a, "radio") && is(b, "edit"))
        set_pair(a, b, HS_WORD_ASIDE, "radio");
    else if ((is(a, "44") || is(a, "88") || is(a, "176")) && b->text[0] && b->text[1] == 'k')
        a->word = b->word = HS_WORD_FORMAT;
    else if (a->word == HS_WORD_FORMAT && (is(b, "16") || is(b, "24") || is(b, "32")))
        b->word = HS_WORD_FORMAT;
    else if ((is(a, "cd") || is(a, "disc") || is(a, "disk")) && b->word == HS_WORD_NUMBER)
        a->word = b->word = HS_WORD_DISC;
    else if (b->word == HS_WORD_NUMBER && b->number >= 0 && b->number < 1000 &&
             (a->word == HS_WORD_VERSION || a->word == HS_WORD_MIX || a->word == HS_WORD_FINAL ||
              is(a, "version") || is(a, "print")) &&
             a->number < 0)
        a->word = a->word == HS_WORD_TITLE ? HS_WORD_VERSION : a->word, b->word = HS_WORD_VERSION;
}

size_t hs_words_split(const char *name, char *memory, struct hs_token out[HS_MOST_TOKENS])
{
    size_t n = 0, len = strlen(name);
    for (size_t i = 0; i < len && n < HS_MOST_TOKENS;) {
        size_t start = i;
        bool lower = false;
        while (i < len && (isalnum((unsigned char)name[i]) || (name[i] & 0x80))) {
            lower |= islower((unsigned char)name[i]) != 0;
            memory[i] = (char)(name[i] & 0x80 ? name[i] : tolower((unsigned char)name[i]));
            i++;
        }
        memory[i] = '\0';
        if (i > start) {
            out[n] = (struct hs_token){
                .text = memory + start, .start = start, .end = i, .upper = !lower};
            read_alone(&out[n++]);
        }
        i += i == start || i < len;
    }
    for (size_t i = 0; i + 1 < n; i++)
        read_neighbours(&out[i], &out[i + 1]);
    return n;
}
