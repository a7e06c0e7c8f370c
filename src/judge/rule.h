/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule: one row of a table in one file of this folder. The build collects every
 * src/judge/rules_NAME.c, which must define `const struct hs_rule_table
 * hs_rules_NAME`; adding a rule touches one file. Severity comes from the distance from
 * a distribution, in audible steps and in spreads, or from the rule's own fixed thresholds.
 */
#ifndef HS_JUDGE_RULE_H
#define HS_JUDGE_RULE_H

#include "judge/builtin.h"
#include "judge/dimension.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_role { HS_ROLE_MASTER, HS_ROLE_MIX };

/* What a rule may look at. All values are at equal loudness: measures that depend on
 * level are only read by rules that judge the waveform. */
struct hs_case {
    enum hs_role role;
    const struct hs_values *values; /* of the file judged */
    const struct hs_file *file;
    const struct hs_track_result *result; /* pair, stems; NULL for a reference */
    const struct hs_audit *audit;
    const struct hs_release *release; /* NULL for a reference */
    bool updated; /* the other tracks of the release are looked at as their new masters are */
    struct hs_arena *arena;
    const char *other; /* what the mix of the pair is called in sentences; NULL: "the mix" */
};

/* What a rule found in a case, before severity. A reading is a pure function of the
 * case; it is filled for files at fault and for sound ones alike. */
struct hs_rule;
struct hs_reading {
    bool judged;
    const char *why; /* of judged == false: a reason for people */
    double value;
    double expected_shift;            /* added to the centre of every distribution: what the music
                                         itself explains (percussiveness), 0 usually */
    double year_shift;                /* added to the built-in centre alone: the habit of a time */
    double spread;                    /* of this release, where it is wider than the distribution's;
                                         0 usually */
    enum hs_severity at_most;         /* HS_SEVERE unless the evidence is weaker */
    const struct hs_builtin *instead; /* the value is of another kind (from stems), and held
                                         against this alone; NULL usually */
    enum hs_tier tier;                /* of such a value: as sure as the fit is */
    bool separated;                   /* such a value comes from a separator */
    bool proven;                      /* the pair shows it by itself, and that the mix has it not */
    bool shown;                       /* the pair shows it, and not by whom it came in */
    const double *thresholds;         /* of the kind of value that was read; NULL: the rule's */
    const char *direction;            /* of two-way rules */
    bool lifts, lowers;               /* of a filter: its sign; neither: not known */
    unsigned char span[2];            /* as in the finding */
    const char *evidence;             /* NULL: a sentence is made from value and range */
    const struct hs_passage *times;   /* NULL: found from the rule's time series */
    size_t n_times;
};

/* What a correction does, for rules whose move is one number. */
struct hs_fix {
    const struct hs_move *move; /* NULL: none */
    enum hs_move_channel channel;
    double hz, q;    /* NaN where it does not apply */
    double response; /* change of the value per dB of the move */
    double cap_db;   /* most that a master should be given; a mix takes twice that */
};

/* Third octaves first .. last; none where last is 0. */
struct hs_span_of_bands {
    size_t first, last;
};

/* How mastering usually moves a value, and what is said of a move that is not usual. */
struct hs_usual_moves {
    double centre, spread; /* in the unit of the rule; spread 0: not judged as a move */
    const char *title;     /* "brightened by mastering" */
    /* Reads the move from the pair; NULL: the difference of both readings. */
    double (*change)(const struct hs_rule *rule, const struct hs_case *c);
    enum hs_moved_part part; /* what it moves; of the rules that read one part, one for each side */
    /* Of a rule that holds a zone against its neighbours: the zone. It is moved no further than
     * this zone is against the middle. */
    struct hs_span_of_bands itself;
    bool change_is_harm;  /* more of it is worse and lowers the value: gain reduction */
    bool else_difference; /* where the pair does not tell, the difference of both readings */
};

/* A test that shows the fault in this one file without comparison with other music, for example one
 * channel that is louder in every band that both share; and how many tracks elsewhere reach note,
 * minor, moderate and severe by it. */
struct hs_physics {
    /* False where the file cannot tell. NULL: the rule has none. */
    bool (*tell)(const struct hs_case *c, enum hs_severity *severity);
    double fired[4], judged, artists;
    const char *counted; /* "one channel is louder on %d of %d tracks": two whole numbers */
};

/* What can mend a fault, where it is no matter of mixing and mastering. */
enum hs_mending {
    HS_BY_WORK,       /* another mix, another mastering */
    HS_BY_REPAIR,     /* the same master, repaired */
    HS_BY_COPY,       /* only a better copy, which may or may not exist */
    HS_BY_FIRST_COPY, /* the same, and the archived mix has it too: nothing helps then */
};

/* Where the years explain a value. */
enum hs_years {
    HS_YEARS_NONE,
    HS_YEARS_INDUSTRY, /* a trend is held against what the industry did */
    HS_YEARS_TASTE,    /* and the reference of a record is that of its time, not its genre */
};

/* Whether an ear that does not hear a fault says anything against it. */
enum hs_hearable {
    HS_HEARD_BY_EAR,
    HS_SELDOM_HEARD, /* the file shows it; some ears hear it, where it is plain */
    HS_NEVER_HEARD,  /* the file alone shows it */
};

/* How often a rule fires on music that nobody complains about: primary findings, and tracks
 * judged, of the clean catalogues (scripts/base-rates). */
struct hs_base_count {
    int fired, judged;
};

/* Thresholds of a rule without a distribution: the value of a sound file, then where
 * note, minor, moderate and severe begin. The five values rise, or fall, throughout. */
enum { HS_N_THRESHOLDS = 5 };

enum { HS_MAX_NEEDS = 12 };

/* All that is known of a rule stands in its row; what is left out is 0. */
struct hs_rule {
    /* Identity. */
    const char *id;
    const struct hs_dimension *dimension;
    enum hs_stem_role instrument; /* whose stem it reads, where there is one; OTHER: of none */
    unsigned on_request;  /* asked only where one of these destinations is (model/survival.h) */
    const char *title;    /* "too bright" */
    const char *heard_as; /* plain words, comma separated: for `heard:` notes */
    const char *listen;   /* the rest of "Listen for ..."; never heard: a sentence */
    enum hs_hearable hearable;

    /* Reading. */
    const char *unit;
    double min_duration_s;
    const char *needs[HS_MAX_NEEDS]; /* the keys that are read, NULL-terminated */
    /* Reads the case; fills *out, which is zeroed but for at_most == HS_SEVERE. */
    void (*read)(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);
    const void *about;       /* what `read` and `correct` of its file know of this row */
    double repeatability;    /* of the value between takes of the same programme */
    bool judges_mix;         /* false: level, headroom and true peak of a mix are not judged */
    const double *when_mono; /* what a mix of two equal channels reads; NULL: not known */

    /* Severity. */
    int side;   /* +1: high values are the fault, -1: low ones, 0: both */
    double jnd; /* one audible step in `unit` */
    enum hs_tier tier;
    bool never_validated;     /* on songs with voices or stems: stays a note */
    const double *thresholds; /* HS_N_THRESHOLDS thresholds: no distribution is used; else NULL */
    const struct hs_builtin *builtin; /* its distribution; NULL: that of the table, by id */
    bool built_in_only;               /* references have nothing to say (album, source) */
    double severe_spreads; /* spreads that are as rare as 3 of a normal distribution, where that was
                              measured; 0: three, times the tail's scale */
    enum hs_years years;
    struct hs_base_count base;
    struct hs_physics physics;

    /* Pair: how mastering moves it. */
    struct hs_usual_moves moves;
    bool level_exempt;  /* loudness, PLR, crest, LRA: no finding from the change alone */
    bool exposable;     /* limiting alone can push it over: noise, tails, sibilance */
    bool lasting;       /* what is in the waveform of a mix stays: eased at most, not cured */
    bool shows_encoder; /* reads what an encoder leaves: where the pair has none, none came in */

    /* Who intends these of a song has intended the low and the high side of this one, too; NULL:
     * none. */
    const char *intended_as[2];
    /* Phrases that say the low and the high side of a two-way rule, by the sign of its value; NULL:
     * none does. */
    const char *heard_sides[2];

    /* Correction. */
    struct hs_fix fix;
    /* What to do about a note, which may be meant; NULL: the same as about a fault. */
    const char *about_note;
    /* Fills the move of a finding in its own way; NULL: from `fix`. */
    void (*correct)(const struct hs_rule *rule, const struct hs_case *c, const struct hs_finding *f,
                    struct hs_correction *out);
    enum hs_mending mending;

    /* Explanation. */
    bool cause; /* a mechanism: primary over what it explains, however far out that is */
    /* Ids of the rules that explain this one when they fire too; NULL-terminated or NULL. */
    const char *const *explained_by;
    /* Rules whose value may account for this finding's by a law, NULL-terminated, and whether it
     * does: then that one is primary however far out this is. NULL: there is none. */
    const char *const *follows_from;
    bool (*follows)(const struct hs_finding *f, const struct hs_finding *lead);
    /* Whether this finding accounts for another one, of whatever rule; NULL: as above alone. */
    bool (*accounts_for)(const struct hs_finding *lead, const struct hs_finding *f);
    bool as_severe;             /* a lead is as severe as what it accounts for */
    const char *series;         /* stored series that shows where it is worst, or NULL */
    const char *series_against; /* subtracted from it where both are in dB, or NULL */
    int series_side;            /* +1: worst where the series is high, -1: where it is low */
    double span_s;              /* length of a passage worth listening to */
    const char *measured, *limit_from, *source; /* for `explain` */
};

struct hs_rule_table {
    const struct hs_rule *rules;
    size_t n;
};

extern const struct hs_rule_table *const hs_rule_tables[]; /* made by the build */
extern const size_t hs_n_rule_tables;

/* The end at which the fault lies: +1, -1, or 0 for both. Fixed thresholds of both sides are of a
 * size: +1. */
int hs_rule_end(const struct hs_rule *rule);
const struct hs_rule *hs_rule_find(const char *id);
/* Whether the rule is asked for when these destinations (model/survival.h) are named. */
bool hs_rule_is_asked(const struct hs_rule *rule, unsigned destinations);
size_t hs_rule_count(void);
const struct hs_rule *hs_rule_at(size_t i); /* in the order of the dimensions */
size_t hs_rule_index(const struct hs_rule *rule);
/* The built-in distribution of the rule; NULL where it has none. */
const struct hs_builtin *hs_rule_builtin(const struct hs_rule *rule);
/* The move of that name, of any rule; NULL where none asks for it. */
const struct hs_move *hs_rule_move(const char *name);
/* Whether it reads the third octaves of a file and nothing else, and what it reads of them
 * (NaN where it cannot). */
bool hs_rule_reads_bands(const struct hs_rule *rule);
double hs_rule_read_bands(const struct hs_rule *rule, const double bands[HS_BANDS],
                          struct hs_arena *arena);
/* One reading with what belongs to every rule: minimum length, percussiveness. */
void hs_rule_read(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);

#endif
