/* SPDX-License-Identifier: Apache-2.0 */
/* What a stem holds, by the usual names of instruments. */
#ifndef HS_MODEL_STEM_ROLE_H
#define HS_MODEL_STEM_ROLE_H

enum hs_stem_role { HS_STEM_OTHER, HS_STEM_KICK, HS_STEM_SNARE, HS_STEM_BASS, HS_STEM_VOCAL };

/* OTHER for a name that is not in the table. */
enum hs_stem_role hs_stem_role_of(const char *name);

#endif
