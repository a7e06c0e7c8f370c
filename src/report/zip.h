/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder as one archive (ZIP, entries stored as they are), written into the folder itself.
 * Equal folders make equal archives.
 */
#ifndef HS_REPORT_ZIP_H
#define HS_REPORT_ZIP_H

#include "core/error.h"

/* DIR/NAME holds all of DIR but itself and what begins with a dot. HS_E_LIMIT beyond 4 GB. */
enum hs_status hs_zip_folder(const char *dir, const char *name, struct hs_error *err);

#endif
