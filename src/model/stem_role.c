/* SPDX-License-Identifier: Apache-2.0 */
#include "model/stem_role.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    enum hs_stem_role role;
} names[] = {
    {"kick", HS_STEM_KICK},       {"kickdrum", HS_STEM_KICK}, {"bd", HS_STEM_KICK},
    {"bassdrum", HS_STEM_KICK},   {"snare", HS_STEM_SNARE},   {"sd", HS_STEM_SNARE},
    {"snaredrum", HS_STEM_SNARE}, {"bass", HS_STEM_BASS},     {"vocal", HS_STEM_VOCAL},
    {"vocals", HS_STEM_VOCAL},    {"voice", HS_STEM_VOCAL},   {"vox", HS_STEM_VOCAL},
    {"lead", HS_STEM_VOCAL},
};

enum hs_stem_role hs_stem_role_of(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i].name, name))
            return names[i].role;
    return HS_STEM_OTHER;
}
