"""What the database holds of products, revisions and listings beyond keys.

A revision's version is of its product's dataset, and what it froze stays; a listing offers a
revision of its own product, whose seller it names. The texts are for migrations.
"""

LISTING, REVISION = "listings_listing", "listings_revision"
FITS, STAYS, KEPT = f"{REVISION}_fits", f"{REVISION}_stays", f"{REVISION}_kept"
OFFERS, OFFERS_ON = f"{LISTING}_offers", f"{LISTING}_offers_on"

FROZEN = (
    *("id", "product_id", "number", "version_id", "run_id"),
    *("policy_sha256", "sha256", "verdict", "period"),
)
OF_DATASET = (
    "EXISTS (SELECT 1 FROM listings_product p JOIN catalog_datasetversion v "
    "ON v.dataset_id = p.dataset_id WHERE p.id = NEW.product_id AND v.id = NEW.version_id)"
)
OF_PRODUCT = (
    "EXISTS (SELECT 1 FROM listings_revision r JOIN listings_product p ON p.id = r.product_id "
    "WHERE r.id = NEW.revision_id AND p.id = NEW.product_id "
    "AND p.organization_id = NEW.organization_id)"
)
THERE = (
    "EXISTS (SELECT 1 FROM listings_revision r WHERE r.id = NEW.id "
    "OR (r.product_id = NEW.product_id AND r.number = NEW.number) "
    "OR r.version_id = NEW.version_id OR r.run_id = NEW.run_id)"
)
TELLS = {
    FITS: "the version of a revision is of another dataset",
    STAYS: "what a revision froze stays",
    KEPT: "a revision is kept",
    OFFERS: "a listing offers a revision of its own product by its seller",
}


def statements(vendor: str) -> list[str]:
    """Return what makes the triggers on a database."""
    different = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"NEW.{column} {different} OLD.{column}" for column in FROZEN)
    # Live once is live since then.
    changed += f" OR (OLD.live_at IS NOT NULL AND NEW.live_at {different} OLD.live_at)"
    offered = "UPDATE OF product_id, revision_id, organization_id"
    wanted = (
        (FITS, REVISION, "INSERT", f"NOT {OF_DATASET}", TELLS[FITS]),
        (STAYS, REVISION, "UPDATE", changed, TELLS[STAYS]),
        (KEPT, REVISION, "DELETE", "TRUE", TELLS[KEPT]),
        (OFFERS, LISTING, "INSERT", f"NOT {OF_PRODUCT}", TELLS[OFFERS]),
        (OFFERS_ON, LISTING, offered, f"NOT {OF_PRODUCT}", TELLS[OFFERS]),
    )
    made = []
    for name, table, moment, fault, sentence in wanted:
        if vendor == "postgresql":
            row = "OLD" if moment == "DELETE" else "NEW"
            made += [
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {fault} THEN RAISE EXCEPTION '{sentence}' "
                f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()",
            ]
        else:
            # REPLACE would delete the old row without asking the trigger on deletion.
            also = f"SELECT RAISE(ABORT, '{TELLS[KEPT]}') WHERE {THERE}; " if name == FITS else ""
            made.append(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{sentence}') WHERE {fault}; {also}END"
            )
    return made
