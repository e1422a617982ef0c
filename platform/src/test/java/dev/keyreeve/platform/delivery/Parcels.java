package dev.keyreeve.platform.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A room that delivers: parcels for houses, in tables of its own. Each parcel is carried as the
/// test says.
final class Parcels implements Deliveries<Parcels.Attempt, Receipt> {
  private final Jdbi jdbi;
  private final List<Attempt> carried = new CopyOnWriteArrayList<>();
  private volatile Function<Attempt, Receipt> carrier = _ -> new Receipt.Accepted();

  Parcels(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// @param number of the attempt, 1 for a parcel's first
  record Attempt(String house, int parcel, int number) {}

  static void build(Jdbi jdbi) {
    jdbi.useHandle(
        handle ->
            handle
                .createScript(
                    """
                    create table house (id text primary key, claimed_until timestamptz);
                    create table parcel (
                      id int primary key, house text not null references house,
                      status text not null, tries int not null default 0, next_try_at timestamptz);
                    create table parcel_attempt (
                      parcel int not null references parcel, number int not null,
                      house text not null, ending text, primary key (parcel, number));
                    """)
                .execute());
  }

  void carriedBy(Function<Attempt, Receipt> carrier) {
    this.carrier = carrier;
  }

  /// What was sent, whether or not anybody heard how it ended.
  List<Attempt> carried() {
    return carried;
  }

  void add(String house, int parcel, Instant now) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("insert into house (id) values (?) on conflict do nothing", house);
          handle.execute(
              "insert into parcel (id, house, status, next_try_at) values (?, ?, 'pending', ?)",
              parcel,
              house,
              now);
        });
  }

  /// Delivers a parcel once more, with a fresh schedule of tries.
  void askAgain(int parcel, Instant now) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "select from house where id = (select house from parcel where id = ?) for update",
              parcel);
          handle.execute(
              "update parcel set status = 'pending', tries = 0, next_try_at = ? where id = ?",
              now,
              parcel);
        });
  }

  String status(int parcel) {
    return one("select status from parcel where id = ?", parcel);
  }

  Instant nextTry(int parcel) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select next_try_at from parcel where id = :id")
                .bind("id", parcel)
                .mapTo(Instant.class)
                .one());
  }

  /// How a parcel's attempts ended, the first first; `open` for one that has not.
  List<String> endings(int parcel) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select coalesce(ending, 'open') from parcel_attempt where parcel = :id
                    order by number
                    """)
                .bind("id", parcel)
                .mapTo(String.class)
                .list());
  }

  /// Whether anybody can lock a house now.
  boolean isLockable(String house) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery("select id from house where id = :id for update skip locked")
                .bind("id", house)
                .mapTo(String.class)
                .findOne()
                .isPresent());
  }

  private String one(String sql, int parcel) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, parcel).mapTo(String.class).one());
  }

  @Override
  public List<String> due(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select h.id from house h join parcel p on p.house = h.id
                    where (h.claimed_until is null or h.claimed_until <= :now)
                      and p.status = 'pending' and p.next_try_at <= :now
                    group by h.id order by min(p.next_try_at), h.id
                    """)
                .bind("now", now)
                .mapTo(String.class)
                .list());
  }

  @Override
  public Optional<Attempt> claim(String house, Instant now, Instant until) {
    return jdbi.inTransaction(
        handle ->
            lock(handle, house, now)
                ? firstDue(handle, house, now).map(parcel -> begin(handle, house, parcel, until))
                : Optional.empty());
  }

  private static boolean lock(Handle handle, String house, Instant now) {
    return handle
        .createQuery(
            """
            select id from house
            where id = :id and (claimed_until is null or claimed_until <= :now)
            for update skip locked
            """)
        .bind("id", house)
        .bind("now", now)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private static Optional<Integer> firstDue(Handle handle, String house, Instant now) {
    handle.execute(
        "update parcel_attempt set ending = 'abandoned' where house = ? and ending is null", house);
    return handle
        .createQuery(
            """
            select id from parcel where house = :house and status = 'pending'
              and next_try_at <= :now
            order by id limit 1
            """)
        .bind("house", house)
        .bind("now", now)
        .mapTo(Integer.class)
        .findOne();
  }

  private static Attempt begin(Handle handle, String house, int parcel, Instant until) {
    handle.execute("update parcel set tries = tries + 1 where id = ?", parcel);
    handle.execute("update house set claimed_until = ? where id = ?", until, house);
    int number =
        handle
            .createQuery(
                """
                insert into parcel_attempt (parcel, number, house)
                select :parcel, count(*) + 1, :house from parcel_attempt where parcel = :parcel
                returning number
                """)
            .bind("parcel", parcel)
            .bind("house", house)
            .mapTo(Integer.class)
            .one();
    return new Attempt(house, parcel, number);
  }

  @Override
  public Receipt send(Attempt attempt) {
    carried.add(attempt);
    return carrier.apply(attempt);
  }

  @Override
  public Receipt receipt(Receipt result) {
    return result;
  }

  @Override
  public void record(
      Attempt attempt, Receipt result, IntFunction<Disposition> disposition, Instant now) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("select from house where id = ? for update", attempt.house());
          if (!end(handle, attempt, result)) return;

          handle.execute("update house set claimed_until = null where id = ?", attempt.house());
          int tries =
              handle
                  .createQuery("select tries from parcel where id = :id")
                  .bind("id", attempt.parcel())
                  .mapTo(Integer.class)
                  .one();
          switch (disposition.apply(tries)) {
            case Disposition.Delivered _ -> finish(handle, attempt, "delivered");
            case Disposition.Rejected _ -> finish(handle, attempt, "rejected");
            case Disposition.GivenUp _ -> finish(handle, attempt, "given up");
            case Disposition.Retried(var at) ->
                handle.execute(
                    "update parcel set next_try_at = ? where id = ?", at, attempt.parcel());
          }
        });
  }

  private static boolean end(Handle handle, Attempt attempt, Receipt result) {
    return handle.execute(
            """
            update parcel_attempt set ending = ?
            where parcel = ? and number = ? and ending is null
            """,
            word(result),
            attempt.parcel(),
            attempt.number())
        == 1;
  }

  private static String word(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Accepted _ -> "accepted";
      case Receipt.Rejected _ -> "rejected";
      case Receipt.Deferred _ -> "deferred";
    };
  }

  private static void finish(Handle handle, Attempt attempt, String status) {
    handle.execute(
        "update parcel set status = ?, next_try_at = null where id = ?", status, attempt.parcel());
  }

  /// The parcels that were carried, in their order.
  List<Integer> order() {
    var order = new ArrayList<Integer>();
    for (var attempt : carried) order.add(attempt.parcel());
    return order;
  }
}
