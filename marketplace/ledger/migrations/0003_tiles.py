"""Store the complete subtrees of the tree, for proofs in few reads, also of what is sealed."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only
from marketplace.ledger import merkle

WIDTH = 256


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, "ledger_tile", key=["id", "level,position"])


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, "ledger_tile")


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tiles of the entries that are sealed already."""
    tile = apps.get_model("ledger", "Tile")
    leaves = (
        apps.get_model("ledger", "Seal")
        .objects.order_by("leaf_index")
        .values_list("leaf_hash", flat=True)
    )
    waiting: list[list[bytes]] = [[]]
    counts = [0]
    for leaf in leaves.iterator(chunk_size=2000):
        waiting[0].append(bytes.fromhex(leaf))
        level = 0
        while len(waiting[level]) == WIDTH:
            root = merkle.root(waiting[level])
            tile.objects.create(
                level=level, position=counts[level], hashes=b"".join(waiting[level]), root=root
            )
            waiting[level] = []
            counts[level] += 1
            level += 1
            if level == len(waiting):
                waiting.append([])
                counts.append(0)
            waiting[level].append(root)


class Migration(migrations.Migration):
    """A table that only grows, filled from the seals; the way back drops it."""

    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Tile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(verbose_name="tile level")),
                ("position", models.BigIntegerField(verbose_name="tile position")),
                ("hashes", models.BinaryField()),
                ("root", models.BinaryField()),
            ],
            options={
                "verbose_name": "tile",
                "ordering": ["level", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "position"), name="ledger_tile_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
