/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders are read from the file upwards. The nearest that says masters, mixes or a version that is
 * set aside decides; the nearest with words of its own names the release, the one above it the
 * artist. Year, edition and catalogue number come out of its brackets.
 */
#include "job/folders.h"

#include "job/brackets.h"

#include <stdbool.h>
#include <string.h>

/* Words of folders beside those of job/words.h: what they hold, or, neutral, nothing. */
static const struct {
    const char *text;
    enum hs_part part;
} folder_words[] = {
    {"release", HS_PART_MASTER},      {"releases", HS_PART_MASTER},
    {"released", HS_PART_MASTER},     {"delivery", HS_PART_MASTER},
    {"deliverables", HS_PART_MASTER}, {"cd", HS_PART_MASTER},
    {"production", HS_PART_MASTER},   {"tape", HS_PART_MIX},
    {"tapes", HS_PART_MIX},           {"transfer", HS_PART_MIX},
    {"transfers", HS_PART_MIX},       {"audio", HS_PART_UNKNOWN},
    {"files", HS_PART_UNKNOWN},       {"music", HS_PART_UNKNOWN},
    {"final", HS_PART_UNKNOWN},       {"and", HS_PART_UNKNOWN},
    {"high", HS_PART_UNKNOWN},        {"res", HS_PART_UNKNOWN},
    {"the", HS_PART_UNKNOWN},         {"archive", HS_PART_UNKNOWN},
    {"catalogue", HS_PART_UNKNOWN},   {"old", HS_PART_UNKNOWN},
    {"new", HS_PART_UNKNOWN},
};

/* Words that leave the part open, but speak for one: of the nearest folder, of that of a release.
 */
static const char *const session_words[] = {"session", "sessions", "bounces",  "prints", "exports",
                                            "renders", "project",  "projects", "daw",    "protools",
                                            "ableton", "cubase",   "reaper",   "logic"};
static const char *const medium_words[] = {
    "reissue", "reissued", "vinyl",    "lp",   "ep",      "single", "bandcamp",   "web",
    "digital", "itunes",   "cassette", "sacd", "edition", "deluxe", "anniversary"};

/* What a folder's name says, by its words alone. */
struct folder {
    enum hs_part part;
    enum hs_aside aside;
    int disc;
    bool session, medium; /* says nothing but that it holds bounces; says a medium or an edition */
    bool names_release;   /* has words of its own */
};

/* What the words of one folder name say; words that are not known name a release. */
static struct folder read_folder(struct hs_arena *a, const char *name)
{
    struct folder f = {.names_release = false};
    struct hs_token t[HS_MOST_TOKENS];
    size_t n = hs_words_split(name, hs_arena_alloc(a, strlen(name) + 1), t), n_session = 0,
           n_other = 0;
    for (size_t i = 0; i < n; i++) {
        bool known = t[i].word != HS_WORD_TITLE && t[i].word != HS_WORD_NUMBER;
        bool master = t[i].word == HS_WORD_MASTER || t[i].word == HS_WORD_MASTERED;
        bool mix = t[i].word == HS_WORD_MIX || t[i].word == HS_WORD_FLAT;
        for (size_t k = 0; k < sizeof folder_words / sizeof *folder_words; k++) {
            if (strcmp(t[i].text, folder_words[k].text))
                continue;
            known = true;
            master |= folder_words[k].part == HS_PART_MASTER;
            mix |= folder_words[k].part == HS_PART_MIX;
        }
        if (master && f.part == HS_PART_UNKNOWN)
            f.part = HS_PART_MASTER;
        if (mix) /* "unmastered mixes", "mix masters": the mix decides */
            f.part = HS_PART_MIX;
        if (t[i].word == HS_WORD_ASIDE && !f.aside)
            f.aside = t[i].aside;
        if (t[i].word == HS_WORD_DISC && t[i].number > 0)
            f.disc = t[i].number;
        bool session =
            t[i].word == HS_WORD_BOUNCE ||
            hs_word_among(t[i].text, session_words, sizeof session_words / sizeof *session_words);
        n_session += session;
        n_other += !session && t[i].word == HS_WORD_TITLE;
        f.medium |=
            hs_word_among(t[i].text, medium_words, sizeof medium_words / sizeof *medium_words);
        f.names_release |= !known && !master && !mix;
    }
    f.session = n_session && !n_other;
    return f;
}

/* What brackets say of a release. False: they are words of its title. */
static bool take_bracket(struct hs_arena *a, const struct hs_bracket *b, struct hs_folders *out)
{
    const char *had = out->release_version;
    switch (b->kind) {
    case HS_BRACKET_YEAR:
        out->year = b->year;
        break;
    case HS_BRACKET_EDITION:
    case HS_BRACKET_PERFORMANCE:
        out->release_version = had ? hs_arena_printf(a, "%s, %s", b->text, had) : b->text;
        break;
    case HS_BRACKET_DISC:
        out->disc = out->disc ? out->disc : b->number;
        break;
    case HS_BRACKET_CATALOGUE:
        out->catalogue_number = out->catalogue_number ? out->catalogue_number : b->text;
        break;
    case HS_BRACKET_FORMAT:
        break;
    case HS_BRACKET_WORDS:
        return false;
    }
    return true;
}

/* "[EX-001] First Album": what stands before the title. */
static const char *read_front(struct hs_arena *a, const char *s, struct hs_folders *out)
{
    while (*s == '(' || *s == '[') {
        size_t n = strcspn(s, ")]");
        const char *rest = s[n] ? s + n + 1 + strspn(s + n + 1, " _-.") : "";
        struct hs_bracket b = hs_bracket_read(a, hs_arena_strndup(a, s + 1, n - (n > 0)));
        if (!*rest || !take_bracket(a, &b, out))
            break;
        s = rest;
    }
    struct hs_token t[HS_MOST_TOKENS];
    size_t n = hs_words_split(s, hs_arena_alloc(a, strlen(s) + 1), t), dates = 0;
    while (dates < n && t[dates].year)
        dates++;
    bool year = !dates && n > 1 && !t[0].start && t[0].end == 4 && t[0].number >= 1000 &&
                t[0].number < 3000;
    if ((year || dates) && dates < n) {
        out->year = year ? t[0].number : t[0].year;
        s += t[dates + year].start;
    }
    return s;
}

/* "2004 - First Album", "First Album (2004)", "First Album (2015 Remaster) [EX-001]". */
static void read_release(struct hs_arena *a, const char *folder, struct hs_folders *out)
{
    size_t n = strlen(folder);
    struct hs_bracket b;
    for (size_t shorter = n; hs_bracket_take_last(a, folder, &shorter, &b) ||
                             hs_bracket_take_edition(a, folder, &shorter, &b);
         n = shorter)
        if (!take_bracket(a, &b, out))
            break;
    char *s = hs_arena_strdup(a, read_front(a, hs_arena_strndup(a, folder, n), out));
    n = strlen(s);
    while (n && strchr(" _-", s[n - 1]))
        s[--n] = '\0';
    for (char *p = s; *p && !strchr(s, ' '); p++)
        if (*p == '_')
            *p = ' ';
    out->release = *s ? s : folder;
}

void hs_folders_read(struct hs_arena *a, const char *dir, struct hs_folders *out)
{
    *out = (struct hs_folders){.part = HS_PART_UNKNOWN};
    char *rest = hs_arena_strdup(a, dir);
    bool nearest = true;
    while (rest && *rest) {
        char *slash = strrchr(rest, '/');
        const char *name = slash ? slash + 1 : rest;
        struct folder f = read_folder(a, name);
        if (f.part != HS_PART_UNKNOWN && out->part == HS_PART_UNKNOWN) {
            out->part = f.part;
            out->part_why = hs_arena_printf(a, "folder %s", name);
        }
        if (!out->aside)
            out->aside = f.aside;
        if (f.disc && !out->disc)
            out->disc = f.disc;
        bool named = f.names_release && *name && !strchr("./~", *name);
        if (named && out->release && !out->artist && slash) /* not the folder that was given */
            out->artist = hs_arena_strdup(a, name);
        out->session |= nearest && f.session;
        nearest = false;
        if (named && !out->release) {
            out->medium = f.medium;
            read_release(a, hs_arena_strdup(a, name), out);
        }
        if (slash)
            *slash = '\0';
        else
            break;
    }
}
