package dev.keyreeve.directdebit.rail.gocardless;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyreeve.directdebit.mandate.payer.Contact;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Done;
import dev.keyreeve.directdebit.rail.gocardless.Answer.Refused;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.InvalidState;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.Issue;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.KeyUsedOtherwise;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.Unreachable;
import dev.keyreeve.directdebit.rail.gocardless.Refusal.Unreadable;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The calls of the GoCardless API that collecting needs, in its version of 2015-07-06.
///
/// Every answer is a value, whether it is a result or not. Calls over the limit, failures of
/// GoCardless and lost answers are tried again as [Retries] says, wherever a second call does no
/// harm; what creates something keeps its [IdempotencyKey] in every try. If the key has created
/// something before, that is fetched and handed out as `replayed`.
///
/// A call blocks until it is over, the waits included. Safe for many threads.
public final class GoCardlessClient implements AutoCloseable {

  private final Transport transport;
  private final Errors errors;

  /// @param timeout for each try
  /// @param random stretches the waits between tries
  public GoCardlessClient(
      ApiAddress api,
      AccessToken token,
      Duration timeout,
      Retries retries,
      InstantSource clock,
      RandomGenerator random,
      Pause pause) {
    this.transport = new Transport(api, token, timeout, retries, clock, random, pause);
    this.errors = new Errors(token);
  }

  public Answer<Customer> createCustomer(NewCustomer customer, IdempotencyKey key) {
    var fields = contact(customer.contact());
    fields.put("country_code", "GB");
    fields.set("metadata", object("reference", customer.reference()));
    return create("customers", fields, key, Customer::read, _ -> true);
  }

  public Answer<Customer> customer(ResourceId id) {
    return get("customers", id, Customer::read);
  }

  /// An account that the customer has already, under any key, is handed out as `replayed` too.
  public Answer<CustomerBankAccount> createBankAccount(NewBankAccount account, IdempotencyKey key) {
    var fields = JsonNodeFactory.instance.objectNode();
    fields.put("account_number", account.accountNumber().reveal());
    fields.put("branch_code", account.sortCode().digits());
    fields.put("country_code", "GB");
    fields.put("account_holder_name", account.holder().text());
    fields.set("links", object("customer", account.customer().text()));
    return create(
        "customer_bank_accounts",
        fields,
        key,
        CustomerBankAccount::read,
        existing -> existing.customer().equals(account.customer()));
  }

  public Answer<CustomerBankAccount> bankAccount(ResourceId id) {
    return get("customer_bank_accounts", id, CustomerBankAccount::read);
  }

  public Answer<GoCardlessMandate> createMandate(NewMandate mandate, IdempotencyKey key) {
    var fields = object("scheme", "bacs");
    if (mandate.reference() != null) fields.put("reference", mandate.reference().text());
    fields.set("metadata", object("reference", mandate.ownReference()));
    var links = object("customer_bank_account", mandate.bankAccount().text());
    if (mandate.creditor() != null) links.put("creditor", mandate.creditor().text());
    fields.set("links", links);
    return create("mandates", fields, key, GoCardlessMandate::read, _ -> true);
  }

  public Answer<GoCardlessMandate> mandate(ResourceId id) {
    return get("mandates", id, GoCardlessMandate::read);
  }

  /// Mandates, newest first.
  ///
  /// @param reference only those of it; null for all
  public Answer<Page<GoCardlessMandate>> mandates(@Nullable String reference, PageRequest page) {
    return list("mandates", page, filter("reference", reference), GoCardlessMandate::read);
  }

  /// Ends a mandate and every payment under it that is not submitted. One that is cancelled already
  /// stays so, and is `replayed`.
  public Answer<GoCardlessMandate> cancelMandate(ResourceId id) {
    return end(
        "mandates",
        id,
        GoCardlessMandate::read,
        mandate -> mandate.status().is(GoCardlessMandate.Status.CANCELLED));
  }

  public Answer<GoCardlessPayment> createPayment(NewPayment payment, IdempotencyKey key) {
    var fields = JsonNodeFactory.instance.objectNode();
    fields.put("amount", payment.amount().amount());
    fields.put("currency", "GBP");
    if (payment.chargeDate() != null) fields.put("charge_date", payment.chargeDate().toString());
    fields.put("retry_if_possible", false);
    fields.set("metadata", object("reference", payment.ownReference()));
    fields.set("links", object("mandate", payment.mandate().text()));
    return create(
        "payments",
        fields,
        key,
        GoCardlessPayment::read,
        existing ->
            existing.amount().equals(payment.amount())
                && existing.mandate().equals(payment.mandate()));
  }

  public Answer<GoCardlessPayment> payment(ResourceId id) {
    return get("payments", id, GoCardlessPayment::read);
  }

  /// Payments, newest first.
  ///
  /// @param mandate only those under it; null for all
  public Answer<Page<GoCardlessPayment>> payments(@Nullable ResourceId mandate, PageRequest page) {
    return list(
        "payments",
        page,
        filter("mandate", mandate == null ? null : mandate.text()),
        GoCardlessPayment::read);
  }

  /// Takes a payment back that is not submitted. One that is cancelled already stays so, and is
  /// `replayed`.
  public Answer<GoCardlessPayment> cancelPayment(ResourceId id) {
    return end(
        "payments",
        id,
        GoCardlessPayment::read,
        payment -> payment.status().is(GoCardlessPayment.Status.CANCELLED));
  }

  /// What happened, newest first.
  public Answer<Page<GoCardlessEvent>> events(PageRequest page) {
    return list("events", page, Map.of(), GoCardlessEvent::read);
  }

  @Override
  public void close() {
    transport.close();
  }

  private <T> Answer<T> get(String kind, ResourceId id, Fields.Reader<T> reader) {
    return read(transport.get("/" + kind + "/" + id), body -> reader.read(body.object(kind)));
  }

  /// @param meant whether something that exists already is what is asked for
  private <T> Answer<T> create(
      String kind,
      ObjectNode fields,
      IdempotencyKey key,
      Fields.Reader<T> reader,
      Predicate<T> meant) {
    var reply = transport.post("/" + kind, enveloped(kind, fields), key);
    Answer<T> answer = read(reply, body -> reader.read(body.object(kind)));
    var existing = existing(answer);
    if (existing.isEmpty()) return answer;

    return switch (get(kind, existing.get(), reader)) {
      case Done<T>(var value, _) when meant.test(value) -> new Done<>(value, true);
      case Done<T> _ -> new Refused<>(new KeyUsedOtherwise(existing.get()), null);
      case Refused<T> refused -> refused;
    };
  }

  /// What stands in the way of creating, for being there already.
  private static Optional<ResourceId> existing(Answer<?> answer) {
    if (!(answer instanceof Refused<?>(InvalidState(var issues), _))) return Optional.empty();

    return issues.stream().flatMap(issue -> existing(issue).stream()).findFirst();
  }

  private static Optional<ResourceId> existing(Issue issue) {
    return switch (issue.reason()) {
      case "idempotent_creation_conflict" ->
          Optional.ofNullable(issue.links().get("conflicting_resource_id"));
      case "bank_account_exists" -> Optional.ofNullable(issue.links().get("customer_bank_account"));
      case null, default -> Optional.empty();
    };
  }

  /// Cancels, which does no more harm the second time.
  private <T> Answer<T> end(
      String kind, ResourceId id, Fields.Reader<T> reader, Predicate<T> ended) {
    var answer = cancel(kind, id, reader);
    if (!(answer instanceof Refused<T>(InvalidState _, _))) return answer;

    return get(kind, id, reader) instanceof Done<T>(var value, _) && ended.test(value)
        ? new Done<>(value, true)
        : answer;
  }

  private <T> Answer<T> cancel(String kind, ResourceId id, Fields.Reader<T> reader) {
    var path = "/" + kind + "/" + id + "/actions/cancel";
    var empty = enveloped("data", JsonNodeFactory.instance.objectNode());
    return read(transport.post(path, empty, null), body -> reader.read(body.object(kind)));
  }

  private <T> Answer<Page<T>> list(
      String kind, PageRequest page, Map<String, String> filter, Fields.Reader<T> reader) {
    var query = new LinkedHashMap<String, String>();
    query.put("limit", String.valueOf(page.limit()));
    if (page.before() != null) query.put("before", page.before().text());
    if (page.after() != null) query.put("after", page.after().text());
    query.putAll(filter);
    return read(
        transport.get("/" + kind + "?" + encoded(query)),
        body -> {
          var items = new ArrayList<T>();
          for (var item : body.list(kind)) items.add(reader.read(item));
          var cursors = body.in("meta").in("cursors");
          return new Page<>(items, cursors.optionalId("before"), cursors.optionalId("after"));
        });
  }

  private <T> Answer<T> read(Transport.Reply reply, Fields.Reader<T> reader) {
    return switch (reply) {
      case Transport.Lost(var why) -> new Refused<>(new Unreachable(why), null);
      case Transport.Answered(int status, _, var body) when body.isEmpty() ->
          new Refused<>(new Unreadable(status, "the body is too long"), null);
      case Transport.Answered(int status, var headers, var body)
          when status < 200 || status >= 300 ->
          errors.read(status, body.get(), transport.told(status, headers));
      case Transport.Answered(int status, _, var body) -> {
        try {
          yield new Done<>(reader.read(Fields.of(body.get())), false);
        } catch (Malformed e) {
          yield new Refused<>(new Unreadable(status, e.why()), null);
        }
      }
    };
  }

  /// The last word of a name is the family's; one word alone is a company's.
  private static ObjectNode contact(Contact contact) {
    var fields = JsonNodeFactory.instance.objectNode();
    var name = contact.name().strip();
    int last = name.lastIndexOf(' ');
    if (last < 0) {
      fields.put("company_name", name);
    } else {
      fields.put("given_name", name.substring(0, last).strip());
      fields.put("family_name", name.substring(last + 1));
    }
    if (contact.email() != null) fields.put("email", contact.email().text());
    return fields;
  }

  private static Map<String, String> filter(String name, @Nullable String value) {
    return value == null ? Map.of() : Map.of(name, value);
  }

  private static String encoded(Map<String, String> query) {
    var text = new StringBuilder();
    query.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
    return text.toString();
  }

  private static ObjectNode enveloped(String kind, ObjectNode fields) {
    var body = JsonNodeFactory.instance.objectNode();
    body.set(kind, fields);
    return body;
  }

  private static ObjectNode object(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }
}
