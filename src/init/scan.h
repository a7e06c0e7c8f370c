/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The audio files under folders, with what their names, headers and tags say. A folder that
 * cannot be listed is said in the log and is no failure.
 */
#ifndef HS_INIT_SCAN_H
#define HS_INIT_SCAN_H

#include "core/error.h"
#include "init/archive.h"

/* Adds all audio under a folder, with what its names say. HS_E_USAGE where it is no folder. */
enum hs_status hs_init_scan(struct hs_archive *in, const char *folder, struct hs_error *err);
/* After all folders: drops doubles, reads headers and tags, joins channels, follows cue sheets.
 * HS_E_INTERRUPTED, or HS_OK. */
enum hs_status hs_init_probe(struct hs_archive *in, struct hs_error *err);

#endif
