/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a stem holds, by the usual names of instruments. Constant tables and pure functions; names
 * may be any bytes.
 */
#ifndef HS_MODEL_STEM_ROLE_H
#define HS_MODEL_STEM_ROLE_H

#include <stdbool.h>

enum hs_stem_role {
    HS_STEM_OTHER,
    HS_STEM_KICK,
    HS_STEM_SNARE,
    HS_STEM_DRUMS, /* the kit, or what of it is neither kick nor snare */
    HS_STEM_BASS,
    HS_STEM_VOCAL,
    HS_STEM_GUITAR,
    HS_STEM_KEYS,
    HS_STEM_STRINGS,
    HS_STEM_FX, /* returns of reverberation and delay */
    HS_N_STEM_ROLES,
};

/* The role of a name as people give it ("lead vox", "Gtr L", "kick in"). Words of effects win over
 * instruments ("vocal reverb" is a return), words such as "lead" count where nothing else does.
 * OTHER for a name without any, for what it says is left out ("no_vocals", "guitar muted") and for
 * two at once ("drums and bass", "vocals + fx"). */
enum hs_stem_role hs_stem_role_of(const char *name);
/* Whether any word of it names an instrument or effects, be it as what is left out. */
bool hs_stem_role_is_told(const char *name);
/* Whether it names all drums together ("drums", "kit"), not one of them. */
bool hs_stem_is_whole_kit(const char *name);
/* As it stands in audit.json. */
const char *hs_stem_role_name(enum hs_stem_role role);
/* Whether it belongs to the kit: kick, snare, drums. */
bool hs_stem_role_is_drum(enum hs_stem_role role);

#endif
