/* SPDX-License-Identifier: Apache-2.0 */
/* What masters without tags get from their neighbours and folders. Never fails. */
#ifndef HS_INIT_ADOPT_H
#define HS_INIT_ADOPT_H

#include "init/archive.h"

/* A master without an album tag is of the album that all its tagged neighbours in the folder are
 * of. Sets the release keys of all masters. */
void hs_init_adopt_albums(struct hs_archive *in);
/* Masters without an artist get the name of the folder above their release, where such folders can
 * be believed. */
void hs_init_adopt_artists(struct hs_archive *in);

#endif
