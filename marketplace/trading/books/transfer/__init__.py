"""Movements of money, which only ever are added."""
