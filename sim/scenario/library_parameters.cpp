#include "library_reader.hpp"
#include "tresse/core/check.hpp"

namespace tresse::scenario {

namespace {

constexpr Law log_law = Law::lognormal, share_law = Law::logit, fixed_law = Law::fixed, plain_law = Law::normal;

constexpr Field behaviour_numbers[] = {
    {"need.overlap", single, share_law, 0, 1, "share", "planned contacts of several conditions = largest + overlap x (sum - largest)"},
    {"need.headroom", single, fixed_law, 1, 20, "factor", "of contact candidates over what any arm can reach"},
    {"need.volume_drift", single, log_law, 0, 0.2, "per year", "growth beyond ageing, equal in all arms"},
    {"need.bim_ratio", single, log_law, 0.2, 5, "ratio", "all contacts with increased reimbursement"},
    {"price.income_ratio", 5, log_law, 0, 5, "factor", "on the elasticity, by income fifth"},
    {"price.forgone_ordinary", 5, log_law, 0, 1, "probability", "that a request is dropped for money, by income fifth"},
    {"price.forgone_increased", 5, log_law, 0, 1, "probability", "the same with increased reimbursement"},
    {"price.free_share", single, share_law, 0, 1, "share", "of contacts today that are made above the ceiling on own payments"},
    {"price.third_party_effect", single, log_law, 0, 1, "share", "rise of GP use in the two lowest fifths when no cash is advanced"},
    {"price.smallest_price_eur", single, fixed_law, 0.01, 10, "EUR", "price used in the response when it is lower"},
    {"waiting.fate", 5, fixed_law, 0, 1, "share", "of requests that do not fit: later, another provider, out of hours, emergency, lost"},
    {"distance.felt", single, share_law, 0, 1, "share", "of contacts not made for distance, felt as care gone without"},
    {"distance.choice_per_minute", single, log_law, 0, 1, "per minute", "fall of the log odds to choose a provider"},
    {"waiting.no_list_to_night_post", single, share_law, 0, 1, "share", "of GP requests of people whom no practice takes, made to the out-of-hours post"},
    {"supply.growth_beyond_drift", single, plain_law, -0.1, 0.2, "per year", "of posts of every provider kind, beyond the volume drift"},
    {"waiting.gives_up_after_months", single, log_law, 0.5, 60, "months", "that a request waits"},
};

constexpr Field population_numbers[] = {
    {"mortality.katz_ratio", 4, log_law, 0.5, 20, "ratio", "on death: independent, A, B, C"},
    {"mortality.resident_ratio", single, log_law, 0.5, 20, "ratio", "lives in a nursing home"},
    {"mortality.daily_smoker_ratio", single, log_law, 0.5, 20, "ratio", "beyond the conditions"},
    {"mortality.former_smoker_ratio", single, log_law, 0.5, 20, "ratio", "beyond the conditions"},
    {"mortality.quintile_ratio", 5, log_law, 0.2, 5, "ratio", "residual, by income fifth"},
    {"mortality.education_ratio", 3, log_law, 0.2, 5, "ratio", "residual: low, middle, high"},
    {"mortality.overlap", single, plain_law, 0, 1.5, "share", "of the smaller log ratios that is added to the largest"},
    {"mortality.cap", single, log_law, 1, 100, "ratio", "highest multiplier, one alone excepted"},
    {"mortality.improvement_young", single, log_law, 0, 0.1, "per year", "fall of the hazard to age 84"},
    {"mortality.improvement_85", single, log_law, 0, 0.1, "per year", "the same at 85-94"},
    {"mortality.season", 12, fixed_law, 0, 5, "factor", "January to December, brought to mean 1"},
    {"disease.headroom", single, fixed_law, 1, 20, "factor", "of event candidates over what any arm can reach"},
    {"demography.boys_share", single, share_law, 0, 1, "share", "of births"},
    {"demography.twins_share", single, share_law, 0, 0.5, "share", "of births with two children"},
    {"demography.immigration_share", 3, fixed_law, 0, 1, "share", "of arrivals from abroad: Flanders, Brussels, Wallonia"},
    {"demography.leaving_shape", 21, fixed_law, 0, 20, "factor", "on leaving the country or region by five-year ages, brought to mean 1"},
    {"demography.moves_inside", 21, log_law, 0, 2, "per year", "moves inside the country by five-year ages"},
    {"demography.leaves_parents", 21, log_law, 0, 2, "per year", "by five-year ages"},
    {"demography.union", 21, log_law, 0, 2, "per year", "single adults by five-year ages"},
    {"demography.separation", single, log_law, 0, 1, "per year", "of couples"},
    {"demography.move_reach_km", single, log_law, 0.5, 500, "km", "distance at which a place draws 37 % of the movers it would draw next door"},
    {"demography.retirement_age", single, plain_law, 50, 80, "years", "age at which work ends"},
    {"risk_factor.smoking_start", single, log_law, 0, 1, "per year", "ages 15-24"},
    {"risk_factor.smoking_quit", single, log_law, 0, 1, "per year", "lasting"},
    {"risk_factor.smoking_start_ratio_education", 3, fixed_law, 0, 10, "ratio", "low, middle, high"},
    {"risk_factor.becomes_inactive", single, log_law, 0, 1, "per year", ""},
    {"risk_factor.becomes_active", single, log_law, 0, 1, "per year", ""},
    {"risk_factor.overweight_gain", single, log_law, 0, 1, "per year", "to BMI 25-30"},
    {"risk_factor.overweight_loss", single, log_law, 0, 1, "per year", "below BMI 25"},
    {"risk_law.pressure_at_55", 2, plain_law, 80, 200, "mmHg", "mean untreated systolic pressure at 55: women, men"},
    {"risk_law.pressure_per_year", 2, plain_law, -1, 3, "mmHg a year", "rise with age: women, men"},
    {"risk_law.pressure_sd", single, log_law, 1, 60, "mmHg", "between persons of an age and sex"},
    {"risk_law.pressure_fall", single, log_law, 0, 40, "mmHg", "per step of treatment, at today's adherence"},
    {"risk_law.cholesterol_mean", single, plain_law, 2, 10, "mmol/L", "untreated total cholesterol"},
    {"risk_law.cholesterol_sd", single, log_law, 0.1, 4, "mmol/L", ""},
    {"risk_law.cholesterol_fall", single, log_law, 0, 4, "mmol/L", "under treatment, at today's adherence"},
    {"risk_law.hdl_mean", 2, plain_law, 0.5, 4, "mmol/L", "women, men"},
    {"risk_law.hdl_sd", single, log_law, 0.05, 2, "mmol/L", ""},
    {"risk_law.hba1c_mean", single, plain_law, 5, 12, "%", "of people with diabetes, as treated today"},
    {"risk_law.hba1c_sd", single, log_law, 0.1, 4, "%", ""},
    {"risk_law.hba1c_fall", single, log_law, 0, 4, "%", "under treatment, at today's adherence"},
    {"risk_law.egfr_at_40", single, plain_law, 60, 140, "mL/min/1.73 m2", "mean at 40 years"},
    {"risk_law.egfr_fall_per_year", single, log_law, 0, 4, "mL/min/1.73 m2 a year", ""},
    {"risk_law.egfr_sd", single, log_law, 1, 40, "mL/min/1.73 m2", ""},
    {"risk_law.redraw_per_year", single, share_law, 0, 1, "per year", "probability that a person's place in a law is drawn anew"},
    {"risk_law.treated_share", 3, share_law, 0, 1, "share", "of those diagnosed, today: blood pressure, lipids, glucose"},
    {"risk_law.starts_per_year", 3, share_law, 0, 1, "per year", "start of treatment of those diagnosed and not treated: the same three"},
    {"frailty.permanent_variance", single, log_law, 0, 3, "variance", "of a gamma law with mean 1"},
    {"frailty.slow_variance", single, log_law, 0, 5, "variance", "of a lognormal law with mean 1, one value a year"},
    {"frailty.slow_year_correlation", single, fixed_law, 0, 0.99, "correlation", "from one year to the next"},
    {"frailty.loading_onset", single, log_law, 0, 3, "exponent", ""},
    {"frailty.loading_death", single, log_law, 0, 3, "exponent", ""},
    {"frailty.loading_admission", single, log_law, 0, 3, "exponent", ""},
    {"survey.long_illness_per_loss", single, log_law, 0.1, 100, "per unit of quality", "how likely a known state is named when a survey asks for a long illness: 1 - exp(-this x its loss of quality of life)"},
    {"survey.other_long_illness", single, fixed_law, 0, 0.9, "share", "of people who name another long illness than the conditions of the library"},
    {"start.global_record_flanders", 4, share_law, 0, 1, "share", "with a global medical record: under 25, 25-49, 50-74, 75+"},
    {"start.global_record_brussels", 4, share_law, 0, 1, "share", "the same"},
    {"start.global_record_wallonia", 4, share_law, 0, 1, "share", "the same"},
    {"start.record_consent", 3, share_law, 0, 1, "share", "agrees that data are shared: Flanders, Brussels, Wallonia"},
    {"start.medical_house", 3, fixed_law, 0, 1, "share", "registered in a medical house"},
    {"start.usual_provider", 3, fixed_law, 0, 1, "share", "of GP contacts with the usual GP"},
    {"start.activation_mean", single, plain_law, 0, 100, "points", "activation of adults"},
    {"start.activation_sd", single, log_law, 0, 50, "points", ""},
    {"start.adherence_mean", single, share_law, 0, 1, "share", "of medicines taken"},
    {"start.main_carer", 3, fixed_law, 0, 1, "share", "partner, other relative, neighbour"},
    {"start.has_carer", 4, share_law, 0, 1, "share", "at home at 65+ by Katz class"},
    {"start.carer_strain_high", single, share_law, 0, 1, "share", "of carers"},
    {"start.alone_75", 2, share_law, 0, 1, "share", "women, men at home at 75+ in a household of one"},
    {"start.resident_severe_share", single, share_law, 0, 1, "share", "of residents with Katz B or C"},
};

constexpr Field hospital_numbers[] = {
    {"stays.per_1000", 7, log_law, 0, 2000, "per 1,000 and year", "all classic stays at 0-14, 15-24, 25-44, 45-64, 65-74, 75-84, 85+"},
    {"stays.women_over_men", 7, fixed_law, 0.1, 10, "ratio", "by the same ages"},
    {"stays.planned_share", single, share_law, 0, 1, "share", "of stays that no condition of the list causes"},
    {"stays.days", 7, log_law, 0.5, 200, "days", "mean stay by the same ages"},
    {"stays.per_condition_ratio", single, log_law, 0.5, 5, "ratio", "per condition on stays that none of them causes"},
    {"stays.condition_cap", single, log_law, 1, 20, "ratio", "highest such ratio"},
    {"stays.weight_other", single, log_law, 0.1, 20, "ratio", "cost weight of other causes"},
    {"stays.fatality_other_acute", single, share_law, 0, 1, "share", "of other unplanned stays"},
    {"stays.fatality_other_planned", single, share_law, 0, 1, "share", "of other planned stays"},
    {"stays.deaths_in_hospital", single, share_law, 0, 1, "share", "of deaths that end a stay"},
    {"after.factor", 7, log_law, 0, 20, "factor", "on unplanned stays: no stay before, months 1 to 6 since discharge"},
    {"after.utility_loss_month", single, log_law, 0, 1, "utility", "in the month of an unplanned stay"},
    {"after.decline_prob", single, share_law, 0, 1, "probability", "of losing a Katz class after an unplanned stay at 75+"},
    {"after.blocked_days", single, log_law, 1, 120, "days", "of a bed that somebody cannot leave"},
    {"after.blocks_bed_share", single, share_law, 0, 1, "share", "of those who wait for a nursing home in a hospital bed"},
    {"stay.single_room", 5, share_law, 0, 1, "share", "by income fifth"},
    {"stay.emergency_before_unplanned", single, share_law, 0, 1, "share", "of unplanned stays"},
    {"stay.season_respiratory", 12, fixed_law, 0, 5, "factor", "January to December, brought to mean 1"},
};

constexpr Field dependence_numbers[] = {
    {"course.worsening", 4, log_law, 0, 3, "per year", "one Katz class at 50-64, 65-74, 75-84, 85+"},
    {"course.recovery", single, log_law, 0, 3, "per year", "from A or B"},
    {"course.share_home", 4, fixed_law, 0, 1, "share", "at home at 65+: independent, A, B, C"},
    {"course.resident_share_women", 3, log_law, 0, 1, "share", "in a nursing home at 65-74, 75-84, 85+"},
    {"course.resident_share_men", 3, log_law, 0, 1, "share", "the same"},
    {"nursing_home.entry", 4, log_law, 0, 3, "per year", "wish to enter at 65-74, 75-84, 85-89, 90+"},
    {"nursing_home.odds_katz3", single, log_law, 0.5, 50, "odds ratio", "on entry"},
    {"nursing_home.odds_dementia", single, log_law, 0.5, 50, "odds ratio", "on entry"},
    {"nursing_home.odds_prior_stay", single, log_law, 0.5, 50, "odds ratio", "on entry"},
    {"nursing_home.odds_alone", single, log_law, 0.5, 50, "odds ratio", "on entry"},
    {"nursing_home.odds_strain", single, log_law, 0.5, 50, "odds ratio", "on entry"},
    {"home_care.nursing_prob", 4, share_law, 0, 1, "share", "with daily nursing at home at 65+ by Katz class"},
    {"home_care.help_prob", 4, share_law, 0, 1, "share", "with home help by Katz class"},
    {"home_care.help_hours_week", 4, log_law, 0, 168, "hours a week", "of users"},
    {"carer.hours_week", 4, log_law, 0, 168, "hours a week", "of informal care by Katz class"},
    {"carer.strain_step", single, log_law, 0, 1, "per month", "for 20 hours a week"},
    {"carer.strain_recovery", single, log_law, 0, 1, "per month", ""},
    {"carer.dropout", 3, log_law, 0, 3, "per year", "at low, medium, high strain"},
    {"carer.coresident_ratio", single, log_law, 0.2, 10, "factor", "on hours"},
    {"carer.dementia_ratio", single, log_law, 0.2, 10, "factor", "on hours"},
};

constexpr Field work_numbers[] = {
    {"sick_start", 10, log_law, 0, 2, "per year", "long sick leave of the employed, by ten ages"},
    {"still_off", 13, fixed_law, 0, 1, "share", "still off after 0 to 12 months"},
    {"disabled_return", single, log_law, 0, 1, "per year", "return from disability"},
    {"leaves_school", single, share_law, 0, 1, "per year", "from 18"},
    {"leaves_higher_school", single, share_law, 0, 1, "per year", "from 21, with higher education"},
    {"first_job", single, share_law, 0, 1, "share", "of school leavers"},
    {"first_unemployed", single, share_law, 0, 1, "share", "of school leavers"},
    {"to_unemployed", single, log_law, 0, 1, "per year", "of the employed"},
    {"to_employed", single, log_law, 0, 5, "per year", "of the unemployed"},
    {"retires_women", 4, fixed_law, 0, 1, "probability", "of the employed, at the birthdays 60, 65, 70, 75"},
    {"retires_men", 4, fixed_law, 0, 1, "probability", "the same"},
    {"stops_at_60", 2, fixed_law, 0, 1, "probability", "women, men: work or search ends at 60 without a pension yet"},
};

constexpr Field coordination_numbers[] = {
    {"weight_ties", single, fixed_law, 0, 1, "share", "of coordination"},
    {"weight_record", single, fixed_law, 0, 1, "share", "of coordination"},
    {"weight_plan", single, fixed_law, 0, 1, "share", "of coordination"},
    {"weight_manager", single, fixed_law, 0, 1, "share", "of coordination"},
    {"repeated_test_share", single, share_law, 0, 1, "share", "of tests, without shared records"},
    {"repeated_fall_when_shared", single, share_law, 0, 1, "share", "of repeated tests"},
    {"continuity_causal", single, share_law, 0, 1, "share", "of the observed log ratio taken as cause"},
    {"density_causal", single, share_law, 0, 1, "share", "of the observed log ratio taken as cause"},
    {"activation_causal", single, share_law, 0, 1, "share", "of the observed log ratio taken as cause"},
    {"admission_ratio_coordination", single, log_law, 0.2, 2, "ratio", "unplanned stays, best against worst third, as observed"},
    {"activation_admission_ratio", single, log_law, 0.2, 2, "ratio", "unplanned stays, most against least activated, as observed"},
    {"plan_per_year_today", single, log_law, 0, 1, "per year", "complex patients who get a plan with goals"},
    {"shared_tie_growth", single, log_law, 0, 1, "per month", "of a tie by shared patients"},
    {"tie_fade", single, log_law, 0, 1, "per month", "of unused ties"},
};

void read_other_causes(const Node& list, Library& library) {
    if (!list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node n = list.at(i);
        world::Cause cause;
        cause.id = n.need("id").text();
        cause.name = n.need("name").local_text();
        cause.planned = n.maybe("planned").flag_or(false);
        library.other_causes.push_back(std::move(cause));
    }
    if (library.other_causes.size() != 2 || library.other_causes[0].planned || !library.other_causes[1].planned)
        list.problem("wanted two causes: one unplanned, then one with `planned: true`.");
}

void read_behaviour(const Node& root, Library& library) {
    library.named_services = {root.need("exacerbation_service").text(), root.need("emergency_service").text(), root.need("out_of_hours_service").text()};
    const Node decay = root.need("travel").need("decay_per_minute");
    if (!decay.must_be_map()) return;
    for (const std::string& role : decay.keys()) library.travel_decay.push_back({role, read_one(decay.need(role), 0, 1, Law::lognormal)});
}

void read_dependence(const Node& root, Library& library) {
    const Node list = root.need("nursing_services");
    const std::vector<std::string> words = list.texts();
    if (words.size() != 4) list.problem("found " + std::to_string(words.size()) + " services, wanted 4: of an independent person, and at Katz A, B, C.");
    for (std::size_t i = 0; i < words.size() && i < 4; ++i) library.nursing_services[i] = words[i];
}

}  // namespace

const std::vector<std::string>& parameter_kinds() {
    static const std::vector<std::string> kinds{"behaviour", "population", "hospital", "dependence", "work", "coordination"};
    return kinds;
}

std::span<const Field> parameter_fields(const std::string& kind) {
    if (kind == "behaviour") return behaviour_numbers;
    if (kind == "population") return population_numbers;
    if (kind == "hospital") return hospital_numbers;
    if (kind == "dependence") return dependence_numbers;
    if (kind == "work") return work_numbers;
    TRESSE_CHECK(kind == "coordination", "kinds of number files are a closed list");
    return coordination_numbers;
}

void read_parameters(Document& file, const std::string& kind, Library& library) {
    const Node root = file.root();
    read_numbers(root, parameter_fields(kind), 0, kind + ".", library.parameters);
    if (kind == "behaviour") read_behaviour(root, library);
    if (kind == "hospital") read_other_causes(root.need("other_causes"), library);
    if (kind == "dependence") read_dependence(root, library);
}

}  // namespace tresse::scenario
