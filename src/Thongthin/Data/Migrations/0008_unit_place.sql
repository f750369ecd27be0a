-- Area and coordinates of an LAO, as the Department's registry says. Not dated: they serve orientation, no figure of a past
-- year is made of them. Like every fact of a unit, every actor reads them, the Department's administrators and the job write.

alter table unit
    add column area_km2 numeric,
    add column latitude numeric,
    add column longitude numeric,
    add column place_as_of date,
    add constraint ck_unit_area check (area_km2 > 0),
    add constraint ck_unit_coordinates check (
        (latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180),
    add constraint ck_unit_place_as_of check (
        (place_as_of is null) = (area_km2 is null and latitude is null));
comment on column unit.area_km2 is 'square kilometres';
comment on column unit.latitude is 'WGS 84, degrees north';
comment on column unit.longitude is 'WGS 84, degrees east';
comment on column unit.place_as_of is 'the day of the newest registry that area and coordinates come from';
