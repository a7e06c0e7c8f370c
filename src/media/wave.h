/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chunks of RIFF, RF64 and BW64 files, and how much audio there really is: size fields wrap
 * at 4 GiB, stay 0 where a recorder could not go back, or were never brought up to date. All of
 * it is foreign bytes: sizes are only compared with the size of the file. Never fails: of a file
 * that is no WAVE, `is_wave` is false.
 */
#ifndef HS_MEDIA_WAVE_H
#define HS_MEDIA_WAVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What follows the data chunk. */
enum hs_wave_behind {
    HS_BEHIND_NOTHING, /* the end, further chunks, or a known kind of tag */
    HS_BEHIND_AUDIO,   /* what is no chunk, a second or longer: the size field is too small */
    HS_BEHIND_ZEROS,
    HS_BEHIND_BYTES, /* something else, shorter than that */
    HS_BEHIND_FILE,  /* another RIFF file */
    HS_BEHIND_DATA,  /* chunks, and one of them a second one of audio */
};

struct hs_wave {
    bool is_wave;        /* RIFF, RF64, BW64 */
    bool big_endian;     /* RIFX: of it no more is said here */
    bool found;          /* a data chunk */
    bool extensible;     /* WAVE_FORMAT_EXTENSIBLE: valid bits stand at the top of the container */
    int container_bits;  /* of a sample, as the format chunk says */
    bool unsaid;         /* its size is 0 or one that pipes put there: up to the end of the file */
    int64_t at;          /* where its bytes begin */
    int64_t said, there; /* bytes by the size field; bytes of audio that are to be read */
    int64_t n_behind;    /* bytes behind the chunk that belong to no other, or of a second one */
    enum hs_wave_behind behind;
    int64_t n_chunks;     /* bytes of chunks behind audio whose size is not said or too small */
    int64_t n_zeros;      /* at the end of what the size field does not tell: not read */
    uint32_t fact_frames; /* of the fact chunk before the data, 0 where there is none */
    bool coded;           /* the first bytes that are not 0 have marks of DTS in them */
};

/* The first chunk of that name: where its bytes begin. */
bool hs_wave_find(FILE *f, const char *id, int64_t *at, uint64_t *size);
void hs_wave_look(const char *path, struct hs_wave *out);

#endif
