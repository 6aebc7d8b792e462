"""English dates in sentences of news and notices, invented for this test."""

from __future__ import annotations

import pytest
from date_cases import as_text, dates_in

from travesia.record.reading.dates import find_dates

# The document's date unless a case gives another: Friday, 10 June 2022.
FRIDAY = "2022-06-10"
SENTENCES = [
    # whole dates, in every order
    ("The declaration was adopted on June 10, 2022.", {"June 10, 2022": "2022-06-10"}),
    ("The declaration was adopted on 10 June 2022 in the city.", {"10 June 2022": "2022-06-10"}),
    ("It was signed on the 10th of June 2022.", {"10th of June 2022": "2022-06-10"}),
    ("It was signed June the 3rd, 2022, at noon.", {"June the 3rd, 2022": "2022-06-03"}),
    ("On Wednesday, June 8, 2022, leaders met.", {"Wednesday, June 8, 2022": "2022-06-08"}),
    ("Report dated 2022-05-31, second part.", {"2022-05-31": "2022-05-31"}),
    ("The rule of Dec. 5, 2018 was ended.", {"Dec. 5, 2018": "2018-12-05"}),
    ("Signed 5 Sept. 2019 by both.", {"5 Sept. 2019": "2019-09-05"}),
    ("It met in June 2022 and again in May 2023.", {"June 2022": "2022-06", "May 2023": "2023-05"}),
    ("The law of 1952 still holds.", {"1952": "1952"}),
    ("The first summit was held in 1994.", {"1994": "1994"}),
    ("From Oct 2021, numbers rose.", {"Oct 2021": "2021-10"}),
    # lists and ranges
    ("The meeting of Jan. 9-10, 2023 is planned.", {"Jan. 9-10, 2023": "2023-01-09/2023-01-10"}),
    ("They will meet on 9 and 10 January 2023.", {"9 and 10 January 2023": "2023-01-09/2023-01-10"}),
    ("They will meet on January 9 and 10, 2023.", {"January 9 and 10, 2023": "2023-01-09/2023-01-10"}),
    ("The summit ran from June 6 to June 10, 2022.", {"June 6 to June 10, 2022": "2022-06-06/2022-06-10"}),
    ("The summit of June 6–10 ended.", {"June 6–10": "2022-06-06/2022-06-10"}),
    ("Flights on June 10 and 15, 2022 were full.", {"June 10": "2022-06-10", "15, 2022": "2022-06-15"}),
    ("Talks on June 3 and July 15, 2021 failed.", {"June 3": "2021-06-03", "July 15, 2021": "2021-07-15"}),
    ("Between December 28, 2021 and January 3, 2022 it fell.",
     {"December 28, 2021 and January 3, 2022": "2021-12-28/2022-01-03"}),
    ("From October 2021 to March 2022, encounters rose.", {"October 2021 to March 2022": "2021-10/2022-03"}),
    ("From October to March, encounters rose.", {"October to March": "2021-10/2022-03"}),
    ("In 2021, from January to June, encounters rose.",
     {"2021": "2021", "January to June": "2021-01/2021-06"}),
    ("June, July and August 2021 were dry.", {"June, July and August 2021": "2021-06/2021-08"}),
    ("20,000 places over 2023 and 2024 were offered.", {"2023 and 2024": "2023/2024"}),
    ("The plan for 2022-2023 was published.", {"2022-2023": "2022/2023"}),
    ("The plan for 2022/23 was published.", {"2022/23": "2022/2023"}),
    ("Between 2015 and 2019 many left.", {"2015 and 2019": "2015/2019"}),
    ("In 2014, 2016 and 2019 there were elections.", {"2014": "2014", "2016": "2016", "2019": "2019"}),
    # no year: tense and nearness
    ("The court ruled on May 20 that the order stays.", {"May 20": "2022-05-20"}),
    ("The order will end on December 21.", {"December 21": "2022-12-21"}),
    ("The announcement made on October 12 was welcomed.", {"October 12": "2021-10-12"}),
    ("Officials said in March that funds were short.", {"March": "2022-03"}),
    ("The programme will start in August.", {"August": "2022-08"}),
    ("In early June, arrivals fell.", {"early June": "2022-06"}),
    ("At May’s meeting they agreed.", {"May": "2022-05"}),
    ("They signed it last June and renewed it last month.",
     {"last June": "2021-06", "last month": "2022-05"}),
    ("The order was to expire on Wednesday, December 21.", {"Wednesday, December 21": "2022-12-21"}),
    # weekdays
    ("She said on Wednesday that talks go on.", {"Wednesday": "2022-06-08"}),
    ("The order was to expire on Wednesday.", {"Wednesday": "2022-06-15"}),
    ("Leaders will meet Monday.", {"Monday": "2022-06-13"}),
    ("The ministers met last Friday.", {"last Friday": "2022-06-03"}),
    ("They are to meet next Monday.", {"next Monday": "2022-06-13"}),
    ("The president said Friday that he agreed.", {"Friday": "2022-06-10"}),
    ("The plan, announced Thursday, will begin on Tuesday.",
     {"Thursday": "2022-06-09", "Tuesday": "2022-06-14"}),
    # told from the document's date
    ("Today, leaders signed; yesterday they argued; tomorrow they leave.",
     {"Today": "2022-06-10", "yesterday": "2022-06-09", "tomorrow": "2022-06-11"}),
    ("Two weeks ago it opened.", {"Two weeks ago": "2022-05-27"}),
    ("About five years ago many left.", {"five years ago": "2017"}),
    ("A month ago it closed.", {"A month ago": "2022-05"}),
    ("The goal is to triple the number this year.", {"this year": "2022"}),
    ("Last year’s total was lower than next year's plan.", {"Last year": "2021", "next year": "2023"}),
    ("Last week the senate voted.", {"Last week": "2022-05-30/2022-06-05"}),
    ("Over the next two years, places will open.", {"next two years": "2022-06-10/2024-06-10"}),
    ("In the past six months, 3,000 came.", {"past six months": "2021-12-10/2022-06-10"}),
    ("In the coming days, talks resume.", {"coming days": None}),
    ("To date, six million have left.", {"To date": "2022-06-10~"}),
    ("By the end of the year, 500 will be trained.", {"end of the year": "2022"}),
    ("Earlier this month, it opened.", {"Earlier this month": "2022-06"}),
    # open and bounded
    ("More than six million have left since 2015.", {"2015": "2015/2022-06-10~"}),
    ("Since January, aid has grown.", {"January": "2022-01/2022-06-10~"}),
    ("The visas are valid until 2024.", {"2024": "2024"}),
    ("It will be done by the end of 2023.", {"end of 2023": "2023"}),
    # fiscal years, quarters, decades, seasons
    ("Up to 125,000 refugees in fiscal year 2022.", {"fiscal year 2022": "2021-10/2022-09"}),
    ("Over fiscal years 2023 and 2024, up to 20,000.", {"fiscal years 2023 and 2024": "2022-10/2024-09"}),
    ("FY22 and FY 2023 budgets; FY2021 closed.",
     {"FY22 and FY 2023": "2021-10/2023-09", "FY2021": "2020-10/2021-09"}),
    ("This fiscal year the ceiling is lower.", {"This fiscal year": "2021-10/2022-09"}),
    ("In the second quarter of 2022, it fell.", {"second quarter of 2022": "2022-04/2022-06"}),
    ("In the first quarter of fiscal year 2022 it fell.",
     {"first quarter of fiscal year 2022": "2021-10/2021-12"}),
    ("In the first half of 2021 and in Q3 2021, it rose.",
     {"first half of 2021": "2021-01/2021-06", "Q3 2021": "2021-07/2021-09"}),
    ("The first six months of 2022 were calm.", {"first six months of 2022": "2022-01/2022-06"}),
    ("In the 1990s many came; in the '80s fewer.", {"1990s": "1990/1999", "80s": "1980/1989"}),
    ("In the summer of 2021, it was signed.", {"summer of 2021": "2021-06/2021-08"}),
    # names that hold a date
    ("The 2022 Venezuela HRP needs funds.", {"2022": "2022"}),
    ("The 2030 Agenda asks for it.", {"2030": "2030"}),
    # what was promised, asked or was to be; what compares years
    ("He promised to open it in September.", {"September": "2022-09"}),
    ("It threatened to leave if nothing changes by March.", {"March": "2023-03"}),
    ("It was to end on 1 May, but was extended.", {"1 May": "2022-05-01"}),
    ("In January 400 came, fewer than a year earlier.", {"January": "2022-01", "a year earlier": "2021-01"}),
    ("In 2020, fewer came than the previous year.", {"2020": "2020", "the previous year": "2019"}),
    ("It is twice as high as a year ago.", {"a year ago": "2021-06"}),
    ("Arrivals fell in the first quarter.", {"first quarter": "2022-01/2022-03"}),
    ("From today the limit is void.", {"today": "2022-06-10"}),
    ("Done at Lima this 3rd day of May 2022.", {"3rd day of May 2022": "2022-05-03"}),
    ("From January to March 300 came, fewer than in the same period of 2021.",
     {"January to March": "2022-01/2022-03", "same period of 2021": "2021-01/2021-03"}),
    ("It would stop from July unless funding improved.", {"July": "2022-07"}),
    ("From September, those who registered here will be able to apply.", {"September": "2022-09"}),
    ("They have been allowed to work since July.", {"July": "2021-07/2022-06-10~"}),
    # a date meant by another
    ("The permit ends on July 1, 2022, and on that date they must leave.",
     {"July 1, 2022": "2022-07-01", "that date": "2022-07-01"}),
]  # fmt: skip

NO_DATES = [
    "Some 2,000 people and 2000 migrants crossed Title 42 lines.",
    "See section 207 of the Act (8 U.S.C. 1157) and 87 FR 63507.",
    "They may march on; the second may be 30.",
    "Resolution 1973 and docket DHS-2022-0012, document 2022-22739.",
    "Aged 19 to 25, they sat down; the sun set.",
    "It cost $2000, or 1950 dollars, open 24/7.",
    "Of nearly 2000 arrivals, 1999 people were women.",
    "The process takes two years and six months per case.",
    "March on, said April Jones, and may the best win.",
    "A seven-day average of 394, about 89 percent.",
    "Call 202-555-2019 or write to Suite 2020.",
    "It is still in its early days; the end is near.",
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[case[0][:50] for case in SENTENCES])
def test_sentence(sentence, expected):
    assert dates_in(sentence, "en", FRIDAY) == list(expected.items())


@pytest.mark.parametrize("sentence", NO_DATES)
def test_not_dates(sentence):
    assert dates_in(sentence, "en", FRIDAY) == []


def test_both_readings_are_kept_with_reasons():
    (found,) = find_dates(as_text("The order was to expire on Wednesday.", "en"), FRIDAY)
    assert [candidate.value for candidate in found.candidates] == ["2022-06-15", "2022-06-08"]
    assert found.candidates[0].reason.startswith("looks ahead")
    (found,) = find_dates(as_text("It was signed on 06/10/2022.", "en"), FRIDAY)
    assert [candidate.value for candidate in found.candidates] == ["2022-06-10", "2022-10-06"]
    (found,) = find_dates(as_text("It was signed on 06/23/2022.", "en"), FRIDAY)
    assert (found.value, found.candidates) == ("2022-06-23", ())


@pytest.mark.parametrize(
    ("sentence", "relation", "first", "last"),
    [
        ("It holds since 2017.", "since", "2017-01-01", "2022-06-10"),
        ("It holds until 2024.", "until", "2024-01-01", "2024-12-31"),
        ("It ends by the end of 2023.", "by", "2023-08-26", "2023-12-31"),
        ("It ended before March 1, 2020.", "before", "2020-03-01", "2020-03-01"),
        ("It fell after June 2021.", "after", "2021-06-01", "2021-06-30"),
        ("It fell during fiscal year 2021.", "during", "2020-10-01", "2021-09-30"),
        ("It begins as of July 1, 2022.", "since", "2022-07-01", "2022-07-01"),
        ("It ran from January to March 2022.", None, "2022-01-01", "2022-03-31"),
    ],
)
def test_relation_and_days(sentence, relation, first, last):
    (found,) = find_dates(as_text(sentence, "en"), FRIDAY)
    assert (found.relation, found.first, found.last) == (relation, first, last)


def test_fiscal_years_are_doubtful_where_the_issuer_is_unknown():
    (found,) = find_dates(as_text("In fiscal year 2021, it grew.", "en"), FRIDAY)
    assert found.fiscal
    assert [candidate.value for candidate in found.candidates] == ["2020-10/2021-09", "2021"]
    (found,) = find_dates(as_text("USAID gave more in fiscal year 2021.", "en"), FRIDAY)
    assert (found.value, found.candidates) == ("2020-10/2021-09", ())
    (found,) = find_dates(as_text("The White House offers 20,000 places in 2023 and 2024.", "en"), FRIDAY)
    assert [candidate.value for candidate in found.candidates] == ["2023/2024", "2022-10/2024-09"]


def test_without_a_document_date_only_what_the_text_settles_has_a_value():
    sentence = "Yesterday and on June 3 they met; in 2021 and since 2017 they did not; now Tuesday, May 3."
    assert dates_in(sentence, "en", None) == [
        ("Yesterday", None), ("June 3", None), ("2021", "2021"), ("2017", "2017"),
        ("Tuesday, May 3", "2022-05-03"),
    ]  # fmt: skip


def test_a_month_as_the_document_date():
    assert dates_in("Today it opened, last month it closed, on Tuesday we rest.", "en", "2018-06") == [
        ("Today", "2018-06"), ("last month", "2018-05"), ("Tuesday", None),
    ]  # fmt: skip
