package io.github.pbxsdk.freepbx;

import java.util.List;

/** One of the ways to menus; none of them tells whether it was done, so {@link Ivrs} looks. */
interface MenuRoad {

    List<Ivr> list();

    void create(IvrSettings menu);

    void update(int id, IvrSettings menu);

    void delete(int id);
}
