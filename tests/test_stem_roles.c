/* SPDX-License-Identifier: Apache-2.0 */
/* What the names of stems say of their roles, and what a move of a fader gives. */
#include "check.h"
#include "judge/fader.h"
#include "model/stem_role.h"

#include <math.h>
#include <stdio.h>

static void role_words(void)
{
    static const struct {
        const char *name;
        enum hs_stem_role role;
    } rows[] = {
        {"vox", HS_STEM_VOCAL},
        {"Lead Vox 2", HS_STEM_VOCAL},
        {"lead", HS_STEM_VOCAL},
        {"lead guitar", HS_STEM_GUITAR},
        {"guitOne", HS_STEM_GUITAR},
        {"kick in", HS_STEM_KICK},
        {"bass drum", HS_STEM_KICK},
        {"Bass DI", HS_STEM_BASS},
        {"bass guitar", HS_STEM_BASS},
        {"snare_top", HS_STEM_SNARE},
        {"SD", HS_STEM_SNARE},
        {"tomThree", HS_STEM_DRUMS},
        {"OH L", HS_STEM_DRUMS},
        {"drums", HS_STEM_DRUMS},
        {"vocal reverb", HS_STEM_FX},
        {"fx", HS_STEM_FX},
        {"Grand Piano", HS_STEM_KEYS},
        {"strings", HS_STEM_STRINGS},
        {"01-Audio", HS_STEM_OTHER},
        {"", HS_STEM_OTHER},
        {"other", HS_STEM_OTHER},
        {"backing", HS_STEM_OTHER},
        {"Backing Track", HS_STEM_OTHER},
        {"backing vocals", HS_STEM_VOCAL},
        {"vox rev2", HS_STEM_VOCAL},
        {"Vox Rev", HS_STEM_FX},
        {"hats", HS_STEM_DRUMS},
        {"hate this", HS_STEM_OTHER},
        {"Tomorrow", HS_STEM_OTHER},
        {"singles", HS_STEM_OTHER},
        {"Rapid fire", HS_STEM_OTHER},
        {"Gitarre 1", HS_STEM_GUITAR},
        {"bd1", HS_STEM_KICK},
        {"Synth Bass", HS_STEM_BASS},
        {"bass synth", HS_STEM_BASS},
        {"FX2", HS_STEM_FX},
        {"no_vocals", HS_STEM_OTHER},
        {"Song_(No Drums)", HS_STEM_OTHER},
        {"minus guitar", HS_STEM_OTHER},
        {"everything but the drums", HS_STEM_OTHER},
        {"vocals removed", HS_STEM_OTHER},
        {"mix w/o bass", HS_STEM_OTHER},
        {"drumless", HS_STEM_OTHER},
        {"Song No. 2 vocals", HS_STEM_VOCAL},
        {"drums and bass", HS_STEM_OTHER},
        {"bass+drums", HS_STEM_OTHER},
        {"gtr & keys", HS_STEM_OTHER},
        {"vocals+fx", HS_STEM_OTHER},
        {"kick + snare", HS_STEM_DRUMS},
        {"cymbals and percussion", HS_STEM_DRUMS},
        {"snare top+bottom", HS_STEM_SNARE},
        {"lead and backing vox", HS_STEM_VOCAL},
        {"bassoon", HS_STEM_OTHER},
        {"bass clarinet", HS_STEM_OTHER},
        {"02 Sn top", HS_STEM_SNARE},
        {"Snr bot", HS_STEM_SNARE},
        {"07 Bs DI", HS_STEM_BASS},
        {"12 Rhds", HS_STEM_KEYS},
        {"snap", HS_STEM_OTHER},
        {"NoVocals", HS_STEM_OTHER},
        {"novox", HS_STEM_OTHER},
        {"Instrumental (no lead vox)", HS_STEM_OTHER},
        {"song minus guitar", HS_STEM_OTHER},
        {"w/o drums", HS_STEM_OTHER},
        {"all without the drums", HS_STEM_OTHER},
        {"guitar (muted)", HS_STEM_GUITAR},
        {"guitar muted", HS_STEM_OTHER},
        {"lead vox (no fx)", HS_STEM_VOCAL},
        {"vocal no reverb", HS_STEM_VOCAL},
        {"Vocals No. 2", HS_STEM_VOCAL},
        {"No 3 Bass", HS_STEM_BASS},
        {"drums no kick", HS_STEM_DRUMS},
        {"nordic bass", HS_STEM_BASS},
        {"bass drums", HS_STEM_OTHER},
        {"vocals_guitar", HS_STEM_OTHER},
        {"Drums - Kick", HS_STEM_KICK},
        {"fx and vocals", HS_STEM_OTHER},
        {"lead and rhythm guitar", HS_STEM_GUITAR},
        {"string bass", HS_STEM_BASS},
        {"guitar bass", HS_STEM_BASS},
        {"Bass Clarinet", HS_STEM_OTHER},
        {"claves", HS_STEM_DRUMS},
        {"Clavinet", HS_STEM_KEYS},
        {"synth strings", HS_STEM_STRINGS},
        {"03Kick", HS_STEM_KICK},
        {"DryVocal", HS_STEM_VOCAL},
        {"organic loop", HS_STEM_OTHER},
        {"wooden drums", HS_STEM_DRUMS},
        {"Butter Bass", HS_STEM_BASS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (hs_stem_role_of(rows[i].name) != rows[i].role) {
            printf("%s is read as %s\n", rows[i].name,
                   hs_stem_role_name(hs_stem_role_of(rows[i].name)));
            CHECK(false);
        }
    CHECK(hs_stem_is_whole_kit("Drums L+R") && !hs_stem_is_whole_kit("hats") &&
          !hs_stem_is_whole_kit("kick + snare"));
}

/* A fader that moves its level by what is wanted, against the powers of the sums. */
static void fader_moves(void)
{
    for (double share = 0.02; share < 0.9; share += 0.17)
        for (double move = -9; move <= 9; move += 3) {
            const double power = pow(10, move / 10);
            double moved = 10 * log10(power / (share * power + 1 - share));
            CHECK_NEAR(hs_fader_gives(move, share), moved, 1e-9);
            CHECK_NEAR(hs_fader_for(moved, share, 12), move, 1e-9);
        }
    CHECK_NEAR(hs_fader_for(6, 0.6, 12), 12, 0); /* never by so much */
}

int main(void)
{
    role_words();
    fader_moves();
    return check_done();
}
