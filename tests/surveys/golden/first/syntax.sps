* Encoding: UTF-8.
SET DECIMAL=DOT.
GET DATA /TYPE=TXT /FILE='data.csv' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED
  /DELIMITERS=";" /QUALIFIER='"' /FIRSTCASE=2
  /VARIABLES=
    id A12
    version F8.0
    language A12
    channel A12
    place A12
    municipality A12
    sector A12
    day A12
    travel__c A12
    travel_other_text A12
    leave_more F12.0
    leave_path F12.0
    leave_other F12.0
    leave_other_text A12
    ease F12.0
    first_a F12.0
    first_b F12.0
    first_c F12.0
    bus_is_times__c A12
    bus_is_price__c A12
    warm F13.1
    km F12.0
    born_answered F12.0
    born__c A12
    where_answered F12.0
    where A12
    where_latitude F10.3
    where_longitude F10.3
    picture_answered F12.0
    picture A14
    wish_answered F12.0
    wish A24
    q_by_answered F12.0
    q_by A12
  .
RECODE travel__c
  ('foot'=3)
  ('bus'=4)
  ('other'=5)
  ('-1'=-1)
  ('-2'=-2)
  ('-3'=-3)
  ('-9'=-9)
  INTO travel.
FORMATS travel (F9.0).
RECODE bus_is_times__c
  ('good'=17)
  ('bad'=18)
  ('-1'=-1)
  ('-2'=-2)
  ('-3'=-3)
  ('-8'=-8)
  INTO bus_is_times.
FORMATS bus_is_times (F9.0).
RECODE bus_is_price__c
  ('good'=17)
  ('bad'=18)
  ('-1'=-1)
  ('-2'=-2)
  ('-3'=-3)
  ('-8'=-8)
  INTO bus_is_price.
FORMATS bus_is_price (F9.0).
NUMERIC born (SDATE10).
IF (LENGTH(RTRIM(born__c)) = 10) born = NUMBER(born__c, SDATE10).
MATCH FILES /FILE=* /KEEP=
  id
  version
  language
  channel
  place
  municipality
  sector
  day
  travel
  travel_other_text
  leave_more
  leave_path
  leave_other
  leave_other_text
  ease
  first_a
  first_b
  first_c
  bus_is_times
  bus_is_price
  warm
  km
  born_answered
  born
  where_answered
  where
  where_latitude
  where_longitude
  picture_answered
  picture
  wish_answered
  wish
  q_by_answered
  q_by
  .
VARIABLE LABELS travel 'Korleis? (nn)'.
VALUE LABELS travel
  3 'Foot (nn)'
  4 'Bus (nn)'
  5 'Other (nn)'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  -9 'Prefer not to say'
  .
MISSING VALUES travel (-9 THRU -1).
VARIABLE LEVEL travel (NOMINAL).
VARIABLE LABELS travel_other_text 'Korleis? (nn) – Other (nn) – what was written beside it'.
VARIABLE LABELS leave_more 'Kva? (nn) – More (nn)'.
VALUE LABELS leave_more
  0 'Not chosen'
  1 'Chosen'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  -8 'Don''t know'
  .
MISSING VALUES leave_more (-9 THRU -1).
VARIABLE LEVEL leave_more (NOMINAL).
VARIABLE LABELS leave_path 'Kva? (nn) – Path (nn)'.
VALUE LABELS leave_path
  0 'Not chosen'
  1 'Chosen'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  -8 'Don''t know'
  .
MISSING VALUES leave_path (-9 THRU -1).
VARIABLE LEVEL leave_path (NOMINAL).
VARIABLE LABELS leave_other 'Kva? (nn) – Other (nn)'.
VALUE LABELS leave_other
  0 'Not chosen'
  1 'Chosen'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  -8 'Don''t know'
  .
MISSING VALUES leave_other (-9 THRU -1).
VARIABLE LEVEL leave_other (NOMINAL).
VARIABLE LABELS leave_other_text 'Kva? (nn) – Other (nn) – what was written beside it'.
VARIABLE LABELS ease 'Kor lett? (nn)'.
VALUE LABELS ease
  1 'Vanskeleg (nn)'
  2 '2'
  3 'Lett (nn)'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES ease (-9 THRU -1).
VARIABLE LEVEL ease (SCALE).
VARIABLE LABELS first_a 'Kva først? (nn) – A (nn)'.
VALUE LABELS first_a
  0 'Not ranked'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES first_a (-9 THRU -1).
VARIABLE LEVEL first_a (SCALE).
VARIABLE LABELS first_b 'Kva først? (nn) – B (nn)'.
VALUE LABELS first_b
  0 'Not ranked'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES first_b (-9 THRU -1).
VARIABLE LEVEL first_b (SCALE).
VARIABLE LABELS first_c 'Kva først? (nn) – C (nn)'.
VALUE LABELS first_c
  0 'Not ranked'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES first_c (-9 THRU -1).
VARIABLE LEVEL first_c (SCALE).
VARIABLE LABELS bus_is_times 'Om bussen (nn) – Times (nn)'.
VALUE LABELS bus_is_times
  17 'Good (nn)'
  18 'Bad (nn)'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  -8 'Don''t know'
  .
MISSING VALUES bus_is_times (-9 THRU -1).
VARIABLE LEVEL bus_is_times (NOMINAL).
VARIABLE LABELS bus_is_price 'Om bussen (nn) – Price (nn)'.
VALUE LABELS bus_is_price
  17 'Good (nn)'
  18 'Bad (nn)'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  -8 'Don''t know'
  .
MISSING VALUES bus_is_price (-9 THRU -1).
VARIABLE LEVEL bus_is_price (NOMINAL).
VARIABLE LABELS warm 'Kor varmt? (nn) – °C (nn)'.
VALUE LABELS warm
  -99999901 'Skipped'
  -99999902 'Not shown'
  -99999903 'Not asked in this version'
  -99999908 'Don''t know'
  .
MISSING VALUES warm (-99999909 THRU -99999901).
VARIABLE LEVEL warm (SCALE).
VARIABLE LABELS km 'Kor langt? (nn)'.
VALUE LABELS km
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES km (-9 THRU -1).
VARIABLE LEVEL km (SCALE).
VARIABLE LABELS born_answered 'Når? (nn) – whether it was answered'.
VALUE LABELS born_answered
  1 'Answered'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES born_answered (-9 THRU -1).
VARIABLE LEVEL born_answered (NOMINAL).
VARIABLE LABELS born 'Når? (nn)'.
VARIABLE LABELS where_answered 'Kvar? (nn) – whether it was answered'.
VALUE LABELS where_answered
  1 'Answered'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES where_answered (-9 THRU -1).
VARIABLE LEVEL where_answered (NOMINAL).
VARIABLE LABELS where 'Kvar? (nn)'.
VARIABLE LABELS where_latitude 'Kvar? (nn) – degrees north'.
VARIABLE LABELS where_longitude 'Kvar? (nn) – degrees east'.
VARIABLE LABELS picture_answered 'Korleis ser det ut? (nn) – whether it was answered'.
VALUE LABELS picture_answered
  1 'Answered'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES picture_answered (-9 THRU -1).
VARIABLE LEVEL picture_answered (NOMINAL).
VARIABLE LABELS picture 'Korleis ser det ut? (nn)'.
VARIABLE LABELS wish_answered 'Kva «ynskjer» du? It''s 100 % \ "fritt" (nn) – whether it was answered'.
VALUE LABELS wish_answered
  1 'Answered'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES wish_answered (-9 THRU -1).
VARIABLE LEVEL wish_answered (NOMINAL).
VARIABLE LABELS wish 'Kva «ynskjer» du? It''s 100 % \ "fritt" (nn)'.
VARIABLE LABELS q_by_answered 'Eitt ord (nn) – whether it was answered'.
VALUE LABELS q_by_answered
  1 'Answered'
  -1 'Skipped'
  -2 'Not shown'
  -3 'Not asked in this version'
  .
MISSING VALUES q_by_answered (-9 THRU -1).
VARIABLE LEVEL q_by_answered (NOMINAL).
VARIABLE LABELS q_by 'Eitt ord (nn)'.
VARIABLE LABELS id 'Random number of the answer, the same in every file'.
VARIABLE LABELS version 'Version of the survey that was answered'.
VARIABLE LABELS language 'Language it was answered in'.
VARIABLE LABELS channel 'How it came in: link, invitation, paper or kiosk'.
VARIABLE LABELS place 'Poster, place or list that it came by'.
VARIABLE LABELS municipality 'Municipality'.
VARIABLE LABELS sector 'Sector, where somebody told it'.
VARIABLE LABELS day 'Day it was received'.
EXECUTE.
