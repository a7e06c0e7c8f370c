/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the shared spectra of a file (see measure/spectrum.h): FAST frames of 32 to 64 ms
 * at the native rate, FINE frames of the signal decimated to 2.7 to 5.4 kHz. What comes out
 * (and in which order) does not depend on the division into blocks. Pointers in a frame hold until
 * the callback returns. One object per file and thread; nothing here can fail.
 */
#ifndef HS_MEASURE_SPECTRA_H
#define HS_MEASURE_SPECTRA_H

#include "measure/spectrum.h"
#include "model/audio.h"

struct hs_spectra;

typedef void hs_spectra_sink(void *context, const struct hs_spectrum *frame);

struct hs_spectra *hs_spectra_new(const struct hs_stream *stream);
void hs_spectra_block(struct hs_spectra *s, const struct hs_block *block, hs_spectra_sink *sink,
                      void *context);
/* Sends the frames that reach beyond the last sample; a file of one sample has frames. */
void hs_spectra_finish(struct hs_spectra *s, hs_spectra_sink *sink, void *context);
void hs_spectra_free(struct hs_spectra *s);

#endif
