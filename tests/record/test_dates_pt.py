"""Portuguese dates in sentences of news and communiqués, invented for this test."""

from __future__ import annotations

import pytest
from date_cases import as_text, dates_in

from travesia.record.reading.dates import find_dates

# The document's date: Friday, 10 June 2022.
FRIDAY = "2022-06-10"
SENTENCES = [
    ("A declaração foi adotada em 10 de junho de 2022.", {"10 de junho de 2022": "2022-06-10"}),
    ("Brasília, 5 de janeiro de 2023.", {"5 de janeiro de 2023": "2023-01-05"}),
    ("Na quarta-feira, 8 de junho de 2022, reuniram-se.", {"quarta-feira, 8 de junho de 2022": "2022-06-08"}),
    ("Assinado em 1º de janeiro de 2021.", {"1º de janeiro de 2021": "2021-01-01"}),
    ("Assinado no primeiro de maio de 2021.", {"primeiro de maio de 2021": "2021-05-01"}),
    ("A norma de 3 de set. de 2019 vale.", {"3 de set. de 2019": "2019-09-03"}),
    ("Publicada em 12 de Dezembro de 2018.", {"12 de Dezembro de 2018": "2018-12-12"}),
    ("Em agosto de 2021 e em maio do ano passado caiu.",
     {"agosto de 2021": "2021-08", "maio do ano passado": "2021-05"}),
    ("Deixará expirar, em 30 de outubro, o visto que concedeu.", {"30 de outubro": "2022-10-30"}),
    ("A Convenção de 1951 e o Protocolo de 1967.", {"1951": "1951", "1967": "1967"}),
    ("A Conferência de 2023 e o RMRP 2022.", {"2023": "2023", "2022": "2022"}),
    ("No ano de 2001 aconteceu.", {"ano de 2001": "2001"}),
    ("No dia 25 de maio de 2022 ele anunciou.", {"25 de maio de 2022": "2022-05-25"}),
    # listas e intervalos
    ("A cúpula será nos dias 9 e 10 de janeiro de 2023.",
     {"9 e 10 de janeiro de 2023": "2023-01-09/2023-01-10"}),
    ("A cúpula de 6 a 10 de junho terminou.", {"6 a 10 de junho": "2022-06-06/2022-06-10"}),
    ("Entre os dias 9 e 12 de maio chegaram centenas.", {"9 e 12 de maio": "2022-05-09/2022-05-12"}),
    ("Os voos de 3 e 15 de maio de 2022 saíram.", {"3": "2022-05-03", "15 de maio de 2022": "2022-05-15"}),
    ("De 28 de dezembro de 2021 a 3 de janeiro de 2022 caiu.",
     {"28 de dezembro de 2021 a 3 de janeiro de 2022": "2021-12-28/2022-01-03"}),
    ("Entre janeiro e maio de 2022 subiu.", {"janeiro e maio de 2022": "2022-01/2022-05"}),
    ("De janeiro a maio houve mais chegadas.", {"janeiro a maio": "2022-01/2022-05"}),
    ("De outubro de 2021 a março de 2022 subiu.", {"outubro de 2021 a março de 2022": "2021-10/2022-03"}),
    ("Em 2021, de janeiro a junho, chegaram mais.", {"2021": "2021", "janeiro a junho": "2021-01/2021-06"}),
    ("Foram 20 mil vagas em 2023 e 2024.", {"2023 e 2024": "2023/2024"}),
    ("O plano 2022-2023 foi apresentado.", {"2022-2023": "2022/2023"}),
    ("Entre 2015 e 2019 muitos saíram.", {"2015 e 2019": "2015/2019"}),
    # sem ano
    ("O tribunal decidiu em 20 de maio que a medida fica.", {"20 de maio": "2022-05-20"}),
    ("A medida terminará em 21 de dezembro.", {"21 de dezembro": "2022-12-21"}),
    ("A medida anunciada em 12 de outubro foi bem recebida.", {"12 de outubro": "2021-10-12"}),
    ("No último dia 5 de maio foi assinado.", {"último dia 5 de maio": "2022-05-05"}),
    ("No próximo dia 5 de julho eles se reunirão.", {"próximo dia 5 de julho": "2022-07-05"}),
    ("Em março disse que faltavam recursos.", {"março": "2022-03"}),
    ("O programa começará em agosto.", {"agosto": "2022-08"}),
    ("Em meados de dezembro passado caiu.", {"meados de dezembro passado": "2021-12"}),
    ("No final de maio fechou; no início de 2021 abriu.",
     {"final de maio": "2022-05", "início de 2021": "2021"}),
    ("Deveria expirar na quarta-feira, 21 de dezembro.", {"quarta-feira, 21 de dezembro": "2022-12-21"}),
    # dias da semana
    ("O presidente disse na quarta-feira que sim.", {"quarta-feira": "2022-06-08"}),
    ("A norma deveria expirar na quarta-feira.", {"quarta-feira": "2022-06-15"}),
    ("Os líderes vão se reunir na segunda-feira.", {"segunda-feira": "2022-06-13"}),
    ("Na sexta-feira passada reuniram-se.", {"sexta-feira passada": "2022-06-03"}),
    ("Na próxima terça-feira viajará a Lima.", {"próxima terça-feira": "2022-06-14"}),
    ("O ministro anunciou nesta quinta-feira (9) mais recursos.", {"nesta quinta-feira (9)": "2022-06-09"}),
    ("O ministro anunciou nesta quinta (9) mais recursos.", {"nesta quinta (9)": "2022-06-09"}),
    ("Eles chegaram na terça, segundo o governo.", {"terça": "2022-06-07"}),
    # a partir da data do documento
    ("Hoje assinaram; ontem discutiram; amanhã partirão.",
     {"Hoje": "2022-06-10", "ontem": "2022-06-09", "amanhã": "2022-06-11"}),
    ("Há duas semanas abriu.", {"Há duas semanas": "2022-05-27"}),
    ("Há um mês fechou.", {"Há um mês": "2022-05"}),
    ("Há mais de cinco anos saíram.", {"Há mais de cinco anos": "2017"}),
    ("Três meses atrás fechou.", {"Três meses atrás": "2022-03"}),
    ("Este ano vai triplicar.", {"Este ano": "2022"}),
    ("O ano passado foi pior que o próximo ano.", {"ano passado": "2021", "próximo ano": "2023"}),
    ("Na semana passada o senado votou.", {"semana passada": "2022-05-30/2022-06-05"}),
    ("Nos próximos dois anos serão abertas vagas.", {"próximos dois anos": "2022-06-10/2024-06-10"}),
    ("Nos últimos seis meses chegaram 3 mil.", {"últimos seis meses": "2021-12-10/2022-06-10"}),
    ("Nos próximos dias serão retomadas.", {"próximos dias": None}),
    ("Seis milhões saíram até o momento.", {"até o momento": "2022-06-10~"}),
    ("Até o final do ano, 500 serão treinados.", {"final do ano": "2022"}),
    ("No mês que vem será decidido.", {"mês que vem": "2022-07"}),
    ("No dia 3 ele chegou.", {"dia 3": "2022-06-03"}),
    # desde, até
    ("Mais de seis milhões saíram desde 2015.", {"2015": "2015/2022-06-10~"}),
    ("Desde janeiro cresceu.", {"janeiro": "2022-01/2022-06-10~"}),
    ("Será válido até 2024.", {"2024": "2024"}),
    # anos fiscais, trimestres, décadas
    ("Desde o início do ano fiscal de 2017 foram 31 milhões.",
     {"início do ano fiscal de 2017": "2016-10/2022-06-10~"}),
    ("Nos anos fiscais de 2023 e 2024.", {"anos fiscais de 2023 e 2024": "2022-10/2024-09"}),
    ("O exercício fiscal de 2021 fechou.", {"exercício fiscal de 2021": "2020-10/2021-09"}),
    ("No segundo trimestre de 2022 caiu.", {"segundo trimestre de 2022": "2022-04/2022-06"}),
    ("No primeiro semestre de 2021 subiu.", {"primeiro semestre de 2021": "2021-01/2021-06"}),
    ("Os primeiros seis meses de 2022 foram calmos.", {"primeiros seis meses de 2022": "2022-01/2022-06"}),
    ("Nos anos 1990 e nos anos 80 vieram muitos.", {"anos 1990": "1990/1999", "anos 80": "1980/1989"}),
    ("O verão de 2021 foi seco.", {"verão de 2021": "2021-06/2021-08"}),
    ("A Agenda 2030 pede isso.", {"2030": "2030"}),
    ("Assinado em 3 de maio de 2022; no mesmo dia saiu.",
     {"3 de maio de 2022": "2022-05-03", "no mesmo dia": "2022-05-03"}),
    # what was promised or was to be; what compares years; months with capitals
    ("A medida caducava na segunda-feira.", {"segunda-feira": "2022-06-13"}),
    ("Destinará R$ 12 milhões no exercício de 2023.", {"exercício de 2023": "2023"}),
    ("Prometeu abrir o centro em setembro.", {"setembro": "2022-09"}),
    ("O prazo vencia em 31 de maio.", {"31 de maio": "2022-05-31"}),
    ("Em 2020 chegaram menos que no ano anterior.", {"2020": "2020", "ano anterior": "2019"}),
    ("As chegadas caíram no primeiro trimestre.", {"primeiro trimestre": "2022-01/2022-03"}),
    ("Os ataques de Março mataram 30.", {"Março": "2022-03"}),
    ("A ministra desloca-se a Lima no dia 20.", {"dia 20": "2022-06-20"}),
]  # fmt: skip

NO_DATES = [
    "Cerca de 2000 pessoas e 2350 migrantes cruzaram.",
    "A Lei 1948 e a Resolução 1973 continuam.",
    "O artigo 12 e a seção 207 do título 8.",
    "Chegou do Rio de Janeiro pela avenida 9 de julho.",
    "Na segunda fase, a quinta edição e a terça parte.",
    "Um segundo grupo de 15 a 20 pessoas.",
    "Custou 1950 dólares e 2000 reais.",
    "Todas as segundas-feiras e cada terça-feira há voos.",
    "Um prazo de dois anos e seis meses.",
    "Eles verão o resultado; o set foi longo.",
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[case[0][:50] for case in SENTENCES])
def test_sentence(sentence, expected):
    assert dates_in(sentence, "pt", FRIDAY) == list(expected.items())


@pytest.mark.parametrize("sentence", NO_DATES)
def test_not_dates(sentence):
    assert dates_in(sentence, "pt", FRIDAY) == []


def test_numbers_put_the_day_first_and_keep_the_other_reading():
    (found,) = find_dates(as_text("Assinado em 10/06/2022.", "pt"), FRIDAY)
    assert [candidate.value for candidate in found.candidates] == ["2022-06-10", "2022-10-06"]
