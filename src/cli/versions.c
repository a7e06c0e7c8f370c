/* SPDX-License-Identifier: Apache-2.0 */
/* --version: the program, FFmpeg, and the libraries that are loaded, asked by the name of a symbol.
 * Encoders are listed also where they are missing, because clips and codecs depend on them. */
#include "cli/versions.h"

#include "media/library.h"

#include <dlfcn.h>

/* How a library tells its version. */
enum teller {
    TEXT,     /* an array of characters */
    FUNCTION, /* returns text */
    NUMBER,   /* returns 10000 * major + 100 * minor + release */
};

/* Asked by name, so that no header of theirs is needed here: encoders are loaded by FFmpeg. */
static const struct {
    const char *name, *symbol;
    enum teller teller;
    bool encoder;
} libraries[] = {
    {"FFTW", "fftwf_version", TEXT, false},
    {"soxr", "soxr_version", FUNCTION, false},
    {"SQLite", "sqlite3_libversion", FUNCTION, false},
    {"libyaml", "yaml_get_version_string", FUNCTION, false},
    {"jansson", "jansson_version_str", FUNCTION, false},
    {"xxHash", "XXH_versionNumber", NUMBER, false},
    {"utf8proc", "utf8proc_version", FUNCTION, false},
    {"Opus", "opus_get_version_string", FUNCTION, true},
    {"Vorbis", "vorbis_version_string", FUNCTION, true},
    {"MP3 (LAME)", "get_lame_version", FUNCTION, true},
    {"MP2 (TwoLAME)", "get_twolame_version", FUNCTION, true},
};

/* Calls or reads the symbol by the kind of the library. */
static void put_version(struct hs_buf *out, void *symbol, enum teller teller)
{
    union {
        void *symbol;
        const char *(*text)(void);
        unsigned (*number)(void);
    } call = {symbol};
    unsigned n = teller == NUMBER ? call.number() : 0;
    if (teller == NUMBER)
        hs_buf_printf(out, "%u.%u.%u", n / 10000, n / 100 % 100, n % 100);
    else
        hs_buf_puts(out, teller == TEXT ? symbol : call.text());
}

/* A line for each library, for bug reports. */
void hs_versions_put(struct hs_buf *out)
{
    hs_buf_printf(out, "hindsight %s\nFFmpeg %s%s\n", HS_VERSION, hs_media_versions(),
                  hs_media_tried() ? "" : " (untried: hindsight is tried with 5.1 and 7.1)");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        void *symbol = dlsym(RTLD_DEFAULT, libraries[i].symbol);
        if (!symbol && !libraries[i].encoder)
            continue; /* linked into the program, without a name of its own */
        hs_buf_printf(out, "%s%s ", libraries[i].encoder ? "encoder: " : "", libraries[i].name);
        if (symbol)
            put_version(out, symbol, libraries[i].teller);
        else
            hs_buf_puts(out, "is not there");
        hs_buf_putc(out, '\n');
    }
    hs_buf_puts(out, "encoder: AAC of FFmpeg\n");
}
