"""Spanish dates in sentences of news and communiqués, invented for this test."""

from __future__ import annotations

import pytest
from date_cases import as_text, dates_in

from travesia.record.reading.dates import find_dates

# The document's date: Friday, 10 June 2022.
FRIDAY = "2022-06-10"
SENTENCES = [
    ("La declaración fue adoptada el 10 de junio de 2022.", {"10 de junio de 2022": "2022-06-10"}),
    ("Ciudad de México, 5 de enero de 2023.", {"5 de enero de 2023": "2023-01-05"}),
    ("El miércoles 8 de junio de 2022 se reunieron.", {"miércoles 8 de junio de 2022": "2022-06-08"}),
    ("Lima, jueves, 6 de octubre de 2022.", {"jueves, 6 de octubre de 2022": "2022-10-06"}),
    ("Se firmó el 1º de enero de 2021.", {"1º de enero de 2021": "2021-01-01"}),
    ("Se firmó el primero de mayo de 2021.", {"primero de mayo de 2021": "2021-05-01"}),
    ("La norma del 3 sept. 2019 sigue.", {"3 sept. 2019": "2019-09-03"}),
    ("Publicada el 12 de dic. de 2018.", {"12 de dic. de 2018": "2018-12-12"}),
    ("Bogotá, junio 10 de 2022.", {"junio 10 de 2022": "2022-06-10"}),
    ("El acuerdo del 15 de marzo del 2020 terminó.", {"15 de marzo del 2020": "2020-03-15"}),
    ("En agosto de 2021 y en mayo del año pasado bajó.",
     {"agosto de 2021": "2021-08", "mayo del año pasado": "2021-05"}),
    ("El Gobierno derogó en agosto la ley.", {"agosto": "2021-08"}),
    ("La Convención de 1951 y el Protocolo de 1967.", {"1951": "1951", "1967": "1967"}),
    ("El 11 de junio del año 2001 ocurrió.", {"11 de junio del año 2001": "2001-06-11"}),
    # listas e intervalos
    ("La cumbre será los días 9 y 10 de enero de 2023.",
     {"9 y 10 de enero de 2023": "2023-01-09/2023-01-10"}),
    ("La cumbre del 6 al 10 de junio terminó.", {"6 al 10 de junio": "2022-06-06/2022-06-10"}),
    ("Entre el 9 y el 12 de mayo llegaron cientos.", {"9 y el 12 de mayo": "2022-05-09/2022-05-12"}),
    ("Los vuelos del 3 y 15 de mayo de 2022 salieron.",
     {"3": "2022-05-03", "15 de mayo de 2022": "2022-05-15"}),
    ("Del 28 de diciembre de 2021 al 3 de enero de 2022 bajó.",
     {"28 de diciembre de 2021 al 3 de enero de 2022": "2021-12-28/2022-01-03"}),
    ("Entre enero y mayo de 2022 subió.", {"enero y mayo de 2022": "2022-01/2022-05"}),
    ("De enero a mayo se registraron más llegadas.", {"enero a mayo": "2022-01/2022-05"}),
    ("De octubre de 2021 a marzo de 2022 subió.", {"octubre de 2021 a marzo de 2022": "2021-10/2022-03"}),
    ("En 2021, entre enero y junio, llegaron más.", {"2021": "2021", "enero y junio": "2021-01/2021-06"}),
    ("Los años 2023 y 2024 serán decisivos.", {"años 2023 y 2024": "2023/2024"}),
    ("El plan 2022-2023 fue presentado.", {"2022-2023": "2022/2023"}),
    ("Entre 2015 y 2019 salieron muchos.", {"2015 y 2019": "2015/2019"}),
    # sin año
    ("El tribunal resolvió el 20 de mayo que la medida sigue.", {"20 de mayo": "2022-05-20"}),
    ("La medida terminará el 21 de diciembre.", {"21 de diciembre": "2022-12-21"}),
    ("La medida anunciada el 12 de octubre fue bien recibida.", {"12 de octubre": "2021-10-12"}),
    ("El pasado 5 de mayo se firmó.", {"pasado 5 de mayo": "2022-05-05"}),
    ("El próximo 5 de julio se reunirán.", {"próximo 5 de julio": "2022-07-05"}),
    ("En marzo dijo que faltaban fondos.", {"marzo": "2022-03"}),
    ("El programa comenzará en agosto.", {"agosto": "2022-08"}),
    ("A mediados de diciembre pasado bajó.", {"mediados de diciembre pasado": "2021-12"}),
    ("A finales de mayo se cerró.", {"finales de mayo": "2022-05"}),
    ("A principios de 2021 se abrió.", {"principios de 2021": "2021"}),
    ("Debía expirar el miércoles 21 de diciembre.", {"miércoles 21 de diciembre": "2022-12-21"}),
    # días de la semana
    ("El presidente dijo el miércoles que sí.", {"miércoles": "2022-06-08"}),
    ("La norma debía expirar el miércoles.", {"miércoles": "2022-06-15"}),
    ("Los mandatarios se reunirán el lunes.", {"lunes": "2022-06-13"}),
    ("El viernes pasado se reunieron.", {"viernes pasado": "2022-06-03"}),
    ("El próximo martes viajará a Lima.", {"próximo martes": "2022-06-14"}),
    ("Este jueves anunció más fondos.", {"Este jueves": "2022-06-09"}),
    ("El viernes 3 llegaron a la ciudad.", {"viernes 3": "2022-06-03"}),
    # desde la fecha del documento
    ("Hoy firmaron; ayer discutieron; pasado mañana se irán.",
     {"Hoy": "2022-06-10", "ayer": "2022-06-09", "pasado mañana": "2022-06-12"}),
    ("Mañana viajará; esta mañana habló.", {"Mañana": "2022-06-11", "esta mañana": "2022-06-10"}),
    ("Hace dos semanas abrió.", {"Hace dos semanas": "2022-05-27"}),
    ("Hace más de cinco años salieron.", {"Hace más de cinco años": "2017"}),
    ("Tres meses atrás cerró.", {"Tres meses atrás": "2022-03"}),
    ("Este año se triplicará.", {"Este año": "2022"}),
    ("El año pasado fue peor que el próximo año.", {"año pasado": "2021", "próximo año": "2023"}),
    ("La semana pasada votó el senado.", {"semana pasada": "2022-05-30/2022-06-05"}),
    ("En los próximos dos años se abrirán plazas.", {"próximos dos años": "2022-06-10/2024-06-10"}),
    ("En los últimos seis meses llegaron 3.000.", {"últimos seis meses": "2021-12-10/2022-06-10"}),
    ("En los próximos días se reanudará.", {"próximos días": None}),
    ("Seis millones han salido hasta la fecha.", {"hasta la fecha": "2022-06-10~"}),
    ("Antes de fin de año se formarán 500.", {"fin de año": "2022"}),
    ("El mes que viene se decidirá.", {"mes que viene": "2022-07"}),
    ("El 3 de este mes y el 30 del mes pasado.",
     {"3 de este mes": "2022-06-03", "30 del mes pasado": "2022-05-30"}),
    # desde, hasta
    ("Más de seis millones han salido desde 2015.", {"2015": "2015/2022-06-10~"}),
    ("Desde enero ha crecido.", {"enero": "2022-01/2022-06-10~"}),
    ("Será válido hasta 2024.", {"2024": "2024"}),
    ("Desde hace tres años viven allí.", {"hace tres años": "2019/2022-06-10~"}),
    # años fiscales, trimestres, décadas
    ("Desde el año fiscal 2017 se han dado 856 millones.", {"año fiscal 2017": "2016-10/2022-06-10~"}),
    ("En los años fiscales 2023 y 2024.", {"años fiscales 2023 y 2024": "2022-10/2024-09"}),
    ("El ejercicio fiscal 2021 cerró.", {"ejercicio fiscal 2021": "2020-10/2021-09"}),
    ("En el segundo trimestre de 2022 bajó.", {"segundo trimestre de 2022": "2022-04/2022-06"}),
    ("En el primer semestre de 2021 subió.", {"primer semestre de 2021": "2021-01/2021-06"}),
    ("Los primeros seis meses de 2022 fueron tranquilos.",
     {"primeros seis meses de 2022": "2022-01/2022-06"}),
    ("En los años noventa y en la década de 1980.",
     {"años noventa": "1990/1999", "década de 1980": "1980/1989"}),
    ("El verano de 2021 fue seco.", {"verano de 2021": "2021-06/2021-08"}),
    ("La Agenda 2030 y el RMRP 2022.", {"2030": "2030", "2022": "2022"}),
    ("Se firmó el 3 de mayo de 2022; ese mismo día salió.",
     {"3 de mayo de 2022": "2022-05-03", "ese mismo día": "2022-05-03"}),
    # what was promised or was to be; what compares years
    ("Anunció una marcha para el sábado.", {"sábado": "2022-06-11"}),
    ("Prometió abrir la oficina en septiembre.", {"septiembre": "2022-09"}),
    ("El plazo vencía el 31 de mayo.", {"31 de mayo": "2022-05-31"}),
    ("En enero llegaron 300, menos que un año antes.", {"enero": "2022-01", "un año antes": "2021-01"}),
    ("En 2020 llegaron menos que el año anterior.", {"2020": "2020", "año anterior": "2019"}),
    ("Las llegadas cayeron en el primer trimestre.", {"primer trimestre": "2022-01/2022-03"}),
    ("La audiencia se reanuda el lunes.", {"lunes": "2022-06-13"}),
    ("Dado a los 9 días del mes de febrero de 2022.", {"9 días del mes de febrero de 2022": "2022-02-09"}),
]  # fmt: skip

NO_DATES = [
    "Unas 2000 personas y 2350 migrantes cruzaron.",
    "La Ley 1948 y la Resolución 1973 siguen.",
    "El artículo 12 y la sección 207 del título 8.",
    "Llegó de Santo Domingo por la avenida 9 de julio.",
    "Julio y Abril son nombres; la mañana es fresca.",
    "Un segundo grupo de 15 a 20 personas, el mayor.",
    "Costó 1950 dólares y 2000 pesos.",
    "Los lunes y cada martes hay vuelos.",
    "Un plazo de dos años y seis meses.",
    "Todos los vuelos salen a las 10.",
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[case[0][:50] for case in SENTENCES])
def test_sentence(sentence, expected):
    assert dates_in(sentence, "es", FRIDAY) == list(expected.items())


@pytest.mark.parametrize("sentence", NO_DATES)
def test_not_dates(sentence):
    assert dates_in(sentence, "es", FRIDAY) == []


def test_numbers_put_the_day_first_and_keep_the_other_reading():
    (found,) = find_dates(as_text("Se firmó el 10/06/2022.", "es"), FRIDAY)
    assert [candidate.value for candidate in found.candidates] == ["2022-06-10", "2022-10-06"]
    assert dates_in("Se firmó el 23/06/22.", "es", FRIDAY) == [("23/06/22", "2022-06-23")]
